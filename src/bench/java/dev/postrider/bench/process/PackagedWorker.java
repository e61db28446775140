package dev.postrider.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Postrider as it was packaged, as a process of its own. */
public final class PackagedWorker {

  private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");

  /** As the systemd unit in {@code deploy} runs it. */
  private static final String JVM =
      "-Xmx384m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData";

  private PackagedWorker() {}

  /**
   * Starts a worker; it may not be ready when this returns. Variables of the benchmark's own
   * environment, such as {@code POSTRIDER_…} and {@code JDK_JAVA_OPTIONS}, go before these
   * settings.
   *
   * @param redis in the form of {@code quarkus.redis.hosts}
   * @param sink port of the mail server
   * @param more environment variables
   */
  public static Service start(String redis, int sink, Map<String, String> more) {
    return start(Path.of(System.getProperty("java.home")), List.of(), settings(redis, sink, more));
  }

  /** Starts a worker on another JDK or with other options of it. */
  public static Service start(Path jdk, List<String> options, Map<String, String> settings) {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", jar().toString()));
    return new Service(Path.of("").toAbsolutePath(), command, settings);
  }

  /** The package. */
  public static Path jar() {
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(
          JAR + " is missing. Build it first: ./mvnw -q package -DskipTests");
    }
    return JAR.toAbsolutePath();
  }

  /** What every worker needs to know, and more where a row wants it. */
  public static Map<String, String> settings(String redis, int sink, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("JDK_JAVA_OPTIONS", JVM);
    settings.put("QUARKUS_REDIS_HOSTS", redis);
    settings.put("QUARKUS_MAILER_HOST", "127.0.0.1");
    settings.put("QUARKUS_MAILER_PORT", "" + sink);
    settings.put("QUARKUS_MAILER_START_TLS", "DISABLED");
    settings.put("QUARKUS_HTTP_PORT", "0");
    settings.put("POSTRIDER_EVENT_LOOPS", "1");
    settings.putAll(more);
    return settings;
  }
}
