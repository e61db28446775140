package dev.postrider.support.smtp;

import dev.postrider.support.smtpserver.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An append-only file with one line for each mail taken: Unix ms, connection, sender, recipients,
 * Message-ID, bytes, SHA-256 of the message; separated by tabs. It outlives the process.
 */
final class Ledger implements AutoCloseable {

  private static final String MESSAGE_ID = "\r\nMessage-ID:";

  private final FileChannel file;

  Ledger(Path path) {
    try {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be opened: " + path, e);
    }
  }

  /** Writes the line to the file before it returns; one write, so that no line is torn. */
  void add(Received mail) {
    String line =
        String.join(
            "\t",
            Long.toString(mail.receivedAt().toEpochMilli()),
            Long.toString(mail.link().connection()),
            mail.sender(),
            String.join(",", mail.recipients()),
            messageId(mail.message()),
            Integer.toString(mail.message().length),
            sha256(mail.message()));
    try {
      file.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("A mail is missing in the ledger.", e);
    }
  }

  /** Forces all lines to the disk. */
  void sync() {
    try {
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger could not be forced to the disk.", e);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger could not be closed.", e);
    }
  }

  private static String messageId(byte[] message) {
    String text = "\r\n" + new String(message, StandardCharsets.ISO_8859_1);
    int start = text.indexOf(MESSAGE_ID);
    int headersEnd = text.indexOf("\r\n\r\n");
    if (start < 0 || headersEnd >= 0 && start > headersEnd) {
      return "-";
    }
    int from = start + MESSAGE_ID.length();
    int end = text.indexOf("\r\n", from);
    return text.substring(from, end < 0 ? text.length() : end).strip();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
