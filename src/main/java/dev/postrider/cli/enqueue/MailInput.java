package dev.postrider.cli.enqueue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.cli.CommandFailed;
import dev.postrider.cli.WrongUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads mail that comes as JSON: one document, or one in each line. */
final class MailInput {

  /** All of it is in memory while it is checked. */
  private static final int BYTES_MAX = 256 << 20;

  private static final String STDIN = "-";
  private static final JsonFactory JSON = new JsonFactory();

  private MailInput() {}

  /**
   * Mails as they came, unchecked.
   *
   * @param lines true if each mail is a line of its own
   */
  record Content(List<byte[]> mails, boolean lines) {}

  /**
   * @param file where it lies; {@code -} or none for {@code stdin}
   */
  static Content read(Optional<String> file, InputStream stdin) throws IOException {
    if (file.isEmpty() || file.get().equals(STDIN)) {
      return split(bounded(stdin));
    }
    try (InputStream in = Files.newInputStream(Path.of(file.get()))) {
      return split(bounded(in));
    } catch (NoSuchFileException e) {
      throw new CommandFailed("There is no file %s.".formatted(file.get()));
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] all = in.readNBytes(BYTES_MAX + 1);
    if (all.length > BYTES_MAX) {
      throw new CommandFailed("At most 256 MiB come at once: split the file by its lines.");
    }
    return all;
  }

  private static Content split(byte[] all) {
    List<byte[]> lines = lines(all);
    if (lines.isEmpty()) {
      throw new WrongUsage("No mail was given: name a file, pipe JSON, or use --from and --to.");
    }
    return lines.size() > 1 && isDocument(lines.get(0))
        ? new Content(lines, true)
        : new Content(List.of(all), false);
  }

  /** Without blank ones. */
  private static List<byte[]> lines(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte octet : all) {
      if (octet == '\n') {
        addUnlessBlank(lines, line.toByteArray());
        line.reset();
      } else {
        line.write(octet);
      }
    }
    addUnlessBlank(lines, line.toByteArray());
    return lines;
  }

  private static void addUnlessBlank(List<byte[]> lines, byte[] line) {
    for (byte octet : line) {
      if (octet != ' ' && octet != '\t' && octet != '\r') {
        lines.add(trimmed(line));
        return;
      }
    }
  }

  private static byte[] trimmed(byte[] line) {
    boolean crlf = line[line.length - 1] == '\r';
    return crlf ? Arrays.copyOf(line, line.length - 1) : line;
  }

  /** A mail written over several lines has only a part of it in the first. */
  private static boolean isDocument(byte[] line) {
    try (JsonParser parser = JSON.createParser(line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      parser.skipChildren();
      return parser.hasToken(JsonToken.END_OBJECT) && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
