package dev.postrider.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** All keys under {@code postrider.}; each is also an environment variable. */
@ConfigMapping(prefix = "postrider")
public interface Settings {

  /** First part of every Redis key, so that several installations can share one Redis. */
  @WithDefault("mail")
  String keyPrefix();

  /** Queues of this worker, with weights where they differ: {@code default=3,bulk=1}. */
  @WithDefault("default")
  List<String> queues();

  /**
   * Mails in flight at once in this process. Each needs a connection to its server, and servers
   * limit the connections of one client: raise it as far as yours allows.
   */
  @WithDefault("64")
  int concurrency();

  /**
   * Event loops that process mail; each has its own connections. Default: one for each processor.
   */
  OptionalInt eventLoops();

  /** The SMTP client: {@code smtp} or {@code quarkus-mailer}. */
  @WithDefault("smtp")
  TransportKind transport();

  /** Connections to each route in this process. Default: as many as {@code concurrency}. */
  OptionalInt connectionsPerRoute();

  /**
   * Allows AUTH without TLS. Only for a server on the same machine: the password is not encrypted.
   */
  @WithDefault("false")
  boolean clearTextLogin();

  /** More about routes; their servers are configured by {@code quarkus.mailer.<route>}. */
  Map<String, RouteSettings> routes();

  /** Name of this process in Redis. Default: the host's name. */
  Optional<String> name();

  Retry retry();

  Limits limits();

  Idempotency idempotency();

  Events events();

  History history();

  Dead dead();

  Buried buried();

  Lease lease();

  Shutdown shutdown();

  Traces traces();

  Security security();

  /** The SMTP client. */
  enum TransportKind {
    SMTP,
    QUARKUS_MAILER
  }

  /** Further attempts. */
  interface Retry {

    /**
     * Delay after the first refusal; doubles with each further one. Long enough for a busy server,
     * short enough for a user who waits for the mail.
     */
    @WithDefault("30s")
    Duration firstDelay();

    /** Longest delay between two attempts; 12 attempts take about half a day. */
    @WithDefault("4h")
    Duration maxDelay();

    /**
     * Attempts of a mail before it is dead. Failures of the whole server do not count, since they
     * say nothing about the mail.
     */
    @WithDefault("12")
    int attempts();

    /** Delay after a failure of the whole server; doubles with each further one. */
    @WithDefault("5s")
    Duration connectionFirstDelay();

    /** Longest delay while the server fails: mail continues soon after it recovers. */
    @WithDefault("5m")
    Duration connectionMaxDelay();
  }

  /** Bounds that protect this process and Redis. */
  interface Limits {

    /**
     * Largest mail, as JSON in UTF-8. Base64 makes files a third larger, in the JSON as in the
     * mail.
     */
    @WithDefault("10M")
    MemorySize mailSize();

    /** JSON of all mail in flight in this process; the worker reads no more mail above it. */
    @WithDefault("256M")
    MemorySize bytesInFlight();

    /** Entries in a ready stream above which the HTTP API answers 429; 0 for no limit. */
    @WithDefault("0")
    long backlog();
  }

  /** Idempotency keys. */
  interface Idempotency {

    /**
     * For how long after a mail was accepted another with its key is a duplicate: longer than any
     * producer repeats a request.
     */
    @WithDefault("24h")
    Duration keep();
  }

  /** The events stream. */
  interface Events {

    /** Entries kept in each queue's stream, so that Redis does not run full; 0 writes none. */
    @WithDefault("100000")
    int maxLength();
  }

  /** Timelines for {@code GET /api/v1/mails/{id}}. */
  interface History {

    /**
     * Fewest mails of each queue whose timeline is kept; at most twice as many are; 0 keeps none.
     */
    @WithDefault("100000")
    int maxMails();
  }

  /** The dead and held streams. */
  interface Dead {

    /**
     * Entries kept in each of the two streams of a queue, so that Redis does not run full; the
     * oldest are deleted first.
     */
    @WithDefault("1000000")
    int maxLength();
  }

  /** The former name of {@link Dead}. */
  interface Buried {

    /** Deprecated, read for one more version: use {@code postrider.dead.max-length}. */
    OptionalInt maxLength();
  }

  /** How workers detect that another worker has stopped. */
  interface Lease {

    /**
     * A worker that does not renew its lease for this time counts as stopped, and others reclaim
     * its mail; it renews three times as often. A shorter time finds crashed workers sooner, but
     * also treats blocked workers as crashed.
     */
    @WithDefault("15s")
    Duration time();
  }

  /** Shutdown of the worker. */
  interface Shutdown {

    /**
     * Longest time for mail in flight to end after the process is told to stop. Less than the 30 s
     * after which Kubernetes kills by default.
     */
    @WithDefault("25s")
    Duration drain();
  }

  /** Spans of each attempt, in the producers' traces; off unless an endpoint is set. */
  interface Traces {

    /**
     * A collector of OTLP over HTTP in JSON, such as {@code http://collector:4318/v1/traces}.
     * Default: no traces.
     */
    Optional<URI> endpoint();

    /** Headers of each request, such as a vendor's token. */
    Map<String, String> headers();
  }

  /** Tokens of the HTTP API. Without any token everything except health is closed. */
  interface Security {

    /** May do everything. */
    Optional<String> adminToken();

    /** File that contains the admin token. */
    Optional<String> adminTokenFile();

    /** May read only. */
    Optional<String> viewerToken();

    /** File that contains the viewer token. */
    Optional<String> viewerTokenFile();

    /** May enqueue and use guards. */
    Optional<String> producerToken();

    /** File that contains the producer token. */
    Optional<String> producerTokenFile();
  }
}
