package dev.postrider.mime;

/** Content in one of the transfer encodings of RFC 2045 §6: always 7-bit with short lines. */
sealed interface Content permits SevenBit, QuotedPrintable, Base64Lines {

  /** Value of Content-Transfer-Encoding. */
  String encoding();

  /** Estimated number of bytes that {@link #write} writes. */
  int size();

  void write(ByteSink out);
}
