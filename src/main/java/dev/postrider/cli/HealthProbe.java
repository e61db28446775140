package dev.postrider.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * Asks the worker on this machine whether it is ready. Probes run every few seconds, so this loads
 * as little as possible: no container, no argument parser, the HTTP client of java.net.
 */
final class HealthProbe {

  private static final String PORT = "quarkus.http.port";
  private static final String PORT_VARIABLE = "QUARKUS_HTTP_PORT";
  private static final String DEFAULT_PORT = "8080";

  /** Kubernetes waits 1 s by default, Docker 30 s; a worker replies within milliseconds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI target;

  HealthProbe(URI target) {
    this.target = target;
  }

  /** Whether the arguments are those of a probe without options. */
  static boolean isRequested(String... arguments) {
    return arguments.length == 1 && arguments[0].equals("healthcheck");
  }

  /** Uses the HTTP port of the settings. */
  static HealthProbe ofProcess() {
    String port =
        Optional.ofNullable(System.getProperty(PORT))
            .or(() -> Optional.ofNullable(System.getenv(PORT_VARIABLE)))
            .orElseGet(HealthProbe::portOfFile);
    return new HealthProbe(URI.create("http://127.0.0.1:" + port.trim() + "/q/health/ready"));
  }

  private static String portOfFile() {
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(Path.of("config", "application.properties"))) {
      properties.load(in);
    } catch (IOException none) {
      // The file is optional.
    }
    return properties.getProperty(PORT, DEFAULT_PORT);
  }

  /** Prints nothing if the worker is ready. */
  int run(Terminal terminal) {
    try {
      int status = ask();
      if (status == HttpURLConnection.HTTP_OK) {
        return Exit.DONE;
      }
      terminal.message(
          "postrider: not ready, %s replies with status %d.".formatted(target, status));
    } catch (IOException | IllegalArgumentException e) {
      terminal.message(
          "postrider: no worker answers at %s (%s): start one, or set QUARKUS_HTTP_PORT."
              .formatted(target, e.getMessage()));
    }
    return Exit.FAILED;
  }

  private int ask() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(TIMEOUT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(TIMEOUT.toMillis()));
    connection.setUseCaches(false);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
