package dev.postrider.acceptance;

import dev.postrider.support.Program;
import java.nio.file.Path;
import java.util.List;

/** The mail server at the other end. */
interface TestMailServer extends AutoCloseable {

  /** Postfix's {@code smtp-sink} where it is installed, else the one of these tests. */
  static TestMailServer open(Path directory) {
    return Program.find("smtp-sink").isPresent()
        ? PostfixMailServer.open(directory)
        : new OwnMailServer();
  }

  String name();

  int port();

  /** The recipient of each mail that was taken, mail by mail. */
  List<String> recipients();

  @Override
  void close();
}
