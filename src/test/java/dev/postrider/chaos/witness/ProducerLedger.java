package dev.postrider.chaos.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An append-only file of what was accepted, on the disk before the producer goes on. */
public final class ProducerLedger implements AutoCloseable {

  private final Path path;
  private final FileChannel file;

  public ProducerLedger(Path path) {
    this.path = path;
    try {
      file =
          FileChannel.open(
              path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be opened: " + path, e);
    }
  }

  /** Writes a line for each and forces them to the disk. A later line of the same mail counts. */
  public void add(List<AcceptedMails> mails) {
    String lines = mails.stream().map(mail -> mail.line() + "\n").collect(Collectors.joining());
    try {
      file.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
      file.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException("Mails are missing in the ledger.", e);
    }
  }

  /** What the file says, by mail. */
  public Map<String, AcceptedMails> read() {
    Map<String, AcceptedMails> mails = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(path)) {
        AcceptedMails mail = AcceptedMails.parse(line);
        mails.put(mail.id(), mail);
      }
      return mails;
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger cannot be read: " + path, e);
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
}
