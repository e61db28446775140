package dev.postrider.cli.enqueue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.cli.Exit;
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

/** Reads mail as JSON: one document, or one in each line. */
final class MailInput {

  /** The whole input is in memory while it is checked. */
  private static final int BYTES_MAX = 256 << 20;

  private static final String STDIN = "-";
  private static final JsonFactory JSON = new JsonFactory();

  private MailInput() {}

  /**
   * The mails, not yet checked.
   *
   * @param lines true if each mail is a line of its own
   */
  record Content(List<byte[]> mails, boolean lines) {}

  /**
   * @param file its path; {@code -} or none for {@code stdin}
   */
  static Content read(Optional<String> file, InputStream stdin) throws IOException {
    if (file.isEmpty() || file.get().equals(STDIN)) {
      return split(bounded(stdin));
    }
    try (InputStream in = Files.newInputStream(Path.of(file.get()))) {
      return split(bounded(in));
    } catch (NoSuchFileException e) {
      throw Exit.failed("There is no file %s.".formatted(file.get()));
    }
  }

  private static byte[] bounded(InputStream in) throws IOException {
    byte[] all = in.readNBytes(BYTES_MAX + 1);
    if (all.length > BYTES_MAX) {
      throw Exit.failed("The input is larger than 256 MiB: split the file by lines.");
    }
    return all;
  }

  private static Content split(byte[] all) {
    List<byte[]> lines = lines(all);
    if (lines.isEmpty()) {
      throw Exit.wrongUsage("No mail was given: name a file, pipe JSON, or use --from and --to.");
    }
    return lines.size() > 1 && isDocument(lines.get(0))
        ? new Content(lines, true)
        : new Content(List.of(all), false);
  }

  /** Without blank lines. */
  private static List<byte[]> lines(byte[] all) {
    List<byte[]> lines = new ArrayList<>();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (byte each : all) {
      if (each == '\n') {
        addUnlessBlank(lines, line.toByteArray());
        line.reset();
      } else {
        line.write(each);
      }
    }
    addUnlessBlank(lines, line.toByteArray());
    return lines;
  }

  private static void addUnlessBlank(List<byte[]> lines, byte[] line) {
    for (byte each : line) {
      if (each != ' ' && each != '\t' && each != '\r') {
        lines.add(trimmed(line));
        return;
      }
    }
  }

  private static byte[] trimmed(byte[] line) {
    boolean crlf = line[line.length - 1] == '\r';
    return crlf ? Arrays.copyOf(line, line.length - 1) : line;
  }

  /** Whether the first line is a whole mail: then each line is one. */
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
