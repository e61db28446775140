package dev.postrider.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a server stores mail: one file each. It may not exist before the first. */
record Maildir(Path path) {

  /** Those stored so far, with the lines that the server puts on top. */
  List<String> mails() {
    Path stored = path.resolve("new");
    try (Stream<Path> files = Files.exists(stored) ? Files.list(stored) : Stream.empty()) {
      return files.map(Maildir::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
