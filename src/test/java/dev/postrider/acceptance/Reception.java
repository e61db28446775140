package dev.postrider.acceptance;

import dev.postrider.support.Program;
import java.nio.file.Path;
import java.util.List;

/** The mail server at the other end. */
interface Reception extends AutoCloseable {

  /** Postfix's {@code smtp-sink} where it is installed, else the one of these tests. */
  static Reception open(Path directory) {
    return Program.find("smtp-sink").isPresent()
        ? PostfixReception.open(directory)
        : new OwnReception();
  }

  String name();

  int port();

  /** The recipient of each mail that was taken, mail by mail. */
  List<String> recipients();

  @Override
  void close();
}
