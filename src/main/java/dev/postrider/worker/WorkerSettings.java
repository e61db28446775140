package dev.postrider.worker;

import dev.postrider.config.Settings;
import dev.postrider.event.OtlpExporter;
import dev.postrider.event.SpanExporter;
import dev.postrider.mail.NameRules;
import dev.postrider.queue.QueueSettings;
import dev.postrider.queue.consumer.ConsumerInfo;
import dev.postrider.queue.consumer.ConsumerInfoCodec;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings as the worker uses them: checked, divided among engines, with a name for this boot.
 */
@Singleton
public final class WorkerSettings {

  private static final Pattern NOT_IN_NAMES = Pattern.compile("[^A-Za-z0-9._-]");
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  /** Renewed three times in it: less and a busy moment of Redis would cost it. */
  private static final Duration LEASE_MIN = Duration.ofMillis(300);

  private static final int WEIGHT_MAX = 1_000;
  private static final Duration THROTTLED_FIRST = Duration.ofMinutes(1);
  private static final Duration THROTTLED_LONGEST = Duration.ofMinutes(10);

  private final Settings settings;
  private final Map<String, Integer> weights;
  private final String name;
  private final String host = host();
  private final Instant startedAt = Instant.now();
  private final ConsumerInfoCodec consumerInfoCodec = new ConsumerInfoCodec();

  /**
   * @throws ConfigurationException if a setting contradicts itself; the message names the key
   */
  public WorkerSettings(Settings settings) {
    this.settings = settings;
    this.weights = weights(settings.queues());
    this.name = settings.name().orElseGet(WorkerSettings::host) + "-" + nonce();
    requireNames();
    requireBounds();
    require(settings.concurrency() >= 1, "postrider.concurrency", "at least 1");
    require(settings.eventLoops().orElse(1) >= 1, "postrider.event-loops", "at least 1");
    require(
        settings.concurrency() >= engines(),
        "postrider.event-loops",
        "at most postrider.concurrency");
  }

  /** They become parts of Redis keys, where braces would move a key to another slot. */
  private void requireNames() {
    require(
        PREFIX.matcher(settings.keyPrefix()).matches(),
        "postrider.key-prefix",
        "of letters, digits and . _ : -");
    require(
        settings.name().map(own -> !NOT_IN_NAMES.matcher(own).find()).orElse(true),
        "postrider.name",
        "of letters, digits and . _ -");
  }

  private void requireBounds() {
    Settings.Retry retry = settings.retry();
    require(retry.attempts() >= 1, "postrider.retry.attempts", "at least 1");
    requirePositive(retry.firstDelay(), "postrider.retry.first-delay");
    requirePositive(retry.maxDelay(), "postrider.retry.max-delay");
    requirePositive(retry.connectionFirstDelay(), "postrider.retry.connection-first-delay");
    requirePositive(retry.connectionMaxDelay(), "postrider.retry.connection-max-delay");
    requirePositive(settings.idempotency().keep(), "postrider.idempotency.keep");
    require(
        settings.lease().time().compareTo(LEASE_MIN) >= 0,
        "postrider.lease.time",
        "at least 300ms");
    require(!settings.shutdown().drain().isNegative(), "postrider.shutdown.drain", "0s or longer");
    require(settings.events().maxLength() >= 0, "postrider.events.max-length", "0 or more");
    require(settings.history().maxMails() >= 0, "postrider.history.max-mails", "0 or more");
    require(deadMaxLength() >= 1, "postrider.dead.max-length", "at least 1");
    require(
        settings.connectionsPerRoute().orElse(1) >= 1,
        "postrider.connections-per-route",
        "at least 1");
    long mailSize = settings.limits().mailSize().asLongValue();
    require(
        mailSize >= 1 && mailSize <= Integer.MAX_VALUE,
        "postrider.limits.mail-size",
        "from 1 byte to 2 GiB");
  }

  /** Redis counts in milliseconds. */
  private static void requirePositive(Duration time, String key) {
    require(time.toMillis() >= 1, key, "at least 1ms");
  }

  /** Unique for each boot, so that mail of an earlier boot is never taken for this one's. */
  public String name() {
    return name;
  }

  public List<String> queues() {
    return List.copyOf(weights.keySet());
  }

  public Map<String, Integer> weights() {
    return weights;
  }

  int engines() {
    int processors = Runtime.getRuntime().availableProcessors();
    return settings.eventLoops().orElse(Math.max(1, Math.min(processors, settings.concurrency())));
  }

  /**
   * Mails in flight of one engine: the whole is divided evenly, the rest goes to the first ones.
   */
  int slots(int engine) {
    int even = settings.concurrency() / engines();
    return engine < settings.concurrency() % engines() ? even + 1 : even;
  }

  public int concurrency() {
    return settings.concurrency();
  }

  long bytesPerEngine() {
    return Math.max(1, settings.limits().bytesInFlight().asLongValue() / engines());
  }

  Duration keepKeys() {
    return settings.idempotency().keep();
  }

  /** When a mail is tried again. */
  RetryPolicy retryPolicy() {
    Settings.Retry retry = settings.retry();
    return new RetryPolicy(
        new RetrySettings(
            retry.attempts(),
            new Backoff(retry.firstDelay(), retry.maxDelay()),
            new Backoff(retry.connectionFirstDelay(), retry.connectionMaxDelay()),
            new Backoff(THROTTLED_FIRST, THROTTLED_LONGEST)));
  }

  /** Where the traces of one event loop go; call it on that loop. */
  SpanExporter traces(Context context) {
    Settings.Traces traces = settings.traces();
    return traces
        .endpoint()
        .<SpanExporter>map(endpoint -> new OtlpExporter(context, endpoint, traces.headers()))
        .orElse(SpanExporter.OFF);
  }

  Duration drain() {
    return settings.shutdown().drain();
  }

  /** What the queues keep and for how long. */
  public QueueSettings queueSettings() {
    return new QueueSettings(
        settings.keyPrefix(),
        settings.events().maxLength(),
        settings.history().maxMails(),
        deadMaxLength(),
        settings.lease().time());
  }

  private int deadMaxLength() {
    return settings.buried().maxLength().orElse(settings.dead().maxLength());
  }

  /** Limits and times of the enqueue script. */
  public Enqueuer.Bounds enqueueBounds() {
    return new Enqueuer.Bounds(
        settings.limits().backlog(), settings.idempotency().keep(), settings.history().maxMails());
  }

  /** What people read about a consumer of this process, as JSON. */
  String description(String consumer, int inFlight) {
    return consumerInfoCodec.encode(
        new ConsumerInfo(consumer, name, host, version(), Optional.of(startedAt), inFlight));
  }

  private static String version() {
    return ConfigProvider.getConfig()
        .getOptionalValue("quarkus.application.version", String.class)
        .orElse("");
  }

  private static Map<String, Integer> weights(List<String> queues) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String queue : queues) {
      String[] parts = queue.trim().split("=", 2);
      require(
          NameRules.isQueue(parts[0]),
          "postrider.queues",
          "names such as default or bulk-1 (" + NameRules.QUEUE + "), with weights as bulk=1");
      int weight = parts.length == 1 ? 1 : weight(parts[1]);
      require(weights.put(parts[0], weight) == null, "postrider.queues", "names, each given once");
    }
    require(!weights.isEmpty(), "postrider.queues", "at least one queue");
    return weights;
  }

  private static int weight(String text) {
    boolean number = text.matches("[0-9]{1,4}");
    int weight = number ? Integer.parseInt(text) : 0;
    require(
        weight >= 1 && weight <= WEIGHT_MAX,
        "postrider.queues",
        "weights from 1 to " + WEIGHT_MAX + ", as in default=3,bulk=1");
    return weight;
  }

  private static void require(boolean holds, String key, String expected) {
    if (!holds) {
      throw new ConfigurationException("The setting " + key + " must be: " + expected + ".");
    }
  }

  private static String host() {
    try {
      return NOT_IN_NAMES.matcher(InetAddress.getLocalHost().getHostName()).replaceAll("-");
    } catch (UnknownHostException e) {
      return "worker";
    }
  }

  /** Random text that makes a name unique. */
  public static String nonce() {
    byte[] random = new byte[4];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
