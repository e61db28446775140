package dev.postrider.mime;

/** Content in one of the transfer encodings of RFC 2045 §6: always 7-bit, always short lines. */
sealed interface Content permits SevenBit, QuotedPrintable, Base64Lines {

  /** Value of Content-Transfer-Encoding. */
  String encoding();

  /** Bytes that {@link #write} will write, as nearly as is cheap to know. */
  int size();

  void write(ByteSink out);
}
