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
 * Asks whether the worker of this machine is ready. Probes run every few seconds on a busy machine,
 * so this loads next to nothing: no container, no parser of arguments, the plainest HTTP client.
 */
final class HealthProbe {

  private static final String PORT = "quarkus.http.port";
  private static final String PORT_VARIABLE = "QUARKUS_HTTP_PORT";
  private static final String DEFAULT_PORT = "8080";

  /** Kubernetes and Docker give up after one second and thirty; a worker answers within ms. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final URI target;

  HealthProbe(URI target) {
    this.target = target;
  }

  /** True if nothing but the probe is asked for. */
  static boolean wanted(String... arguments) {
    return arguments.length == 1 && arguments[0].equals("healthcheck");
  }

  /** At the port that the worker of this environment listens on. */
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

  /** Silent if all is well. */
  int run(Terminal terminal) {
    try {
      int status = ask();
      if (status == HttpURLConnection.HTTP_OK) {
        return Exit.DONE;
      }
      terminal.note("postrider: not ready, %s says %d.".formatted(target, status));
    } catch (IOException | IllegalArgumentException e) {
      terminal.note(
          "postrider: no worker answers at %s (%s): start one, or set QUARKUS_HTTP_PORT."
              .formatted(target, e.getMessage()));
    }
    return Exit.FAILED;
  }

  private int ask() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
    connection.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
    connection.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
    connection.setUseCaches(false);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
