package dev.postrider.chaos.run;

import dev.postrider.chaos.witness.Canary;
import dev.postrider.support.smtp.Sink;
import java.time.Duration;
import java.util.Map;

/** How every worker of the suite is set up, as environment variables. */
final class ChaosSettings {

  /** So many event loops share a machine with many others. */
  private static final int EVENT_LOOPS = 1;

  private ChaosSettings() {}

  /** Sends to this server; tries again soon; keeps every event, for the checker reads them all. */
  static Map<String, String> of(Sink sink, Duration lease) {
    return Map.ofEntries(
        Map.entry("QUARKUS_MAILER_HOST", sink.host()),
        Map.entry("QUARKUS_MAILER_PORT", Integer.toString(sink.port())),
        Map.entry("QUARKUS_MAILER_START_TLS", "DISABLED"),
        Map.entry("QUARKUS_HTTP_HOST_ENABLED", "false"),
        Map.entry("POSTRIDER_SECURITY_ADMIN_TOKEN", Canary.TOKEN),
        Map.entry("QUARKUS_MAILER_UNUSED_HOST", "127.0.0.1"),
        Map.entry("QUARKUS_MAILER_UNUSED_START_TLS", "REQUIRED"),
        Map.entry("QUARKUS_MAILER_UNUSED_USERNAME", "canary"),
        Map.entry("QUARKUS_MAILER_UNUSED_PASSWORD", Canary.PASSWORD),
        Map.entry("POSTRIDER_CONCURRENCY", "50"),
        Map.entry("POSTRIDER_EVENT_LOOPS", Integer.toString(EVENT_LOOPS)),
        Map.entry("POSTRIDER_LEASE_TIME", lease.toMillis() + "ms"),
        Map.entry("POSTRIDER_EVENTS_MAX_LENGTH", "10000000"),
        Map.entry("POSTRIDER_RETRY_FIRST_DELAY", "1s"),
        Map.entry("POSTRIDER_RETRY_MAX_DELAY", "3s"),
        Map.entry("POSTRIDER_RETRY_CONNECTION_FIRST_DELAY", "500ms"),
        Map.entry("POSTRIDER_RETRY_CONNECTION_MAX_DELAY", "3s"));
  }
}
