package dev.postrider.delivery;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A password, or an access token, in a file that is read again for each connection, so that a new
 * secret needs no restart. Called on an event loop, which it never blocks.
 */
final class PasswordFile implements CredentialsSource {

  private final Path file;
  private final Function<String, Credentials> form;

  /**
   * @param file holds the secret and nothing else but space around it
   * @param form what the secret is
   * @throws IllegalArgumentException if the file cannot be read now
   */
  PasswordFile(Path file, Function<String, Credentials> form) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("the password file " + file + " cannot be read");
    }
    this.file = file;
    this.form = form;
  }

  @Override
  public Future<Credentials> credentials() {
    return Vertx.currentContext()
        .owner()
        .fileSystem()
        .readFile(file.toString())
        .map(Buffer::toString)
        .map(String::strip)
        .map(form);
  }
}
