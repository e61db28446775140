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

/** Everything under {@code postrider.}; each key is also an environment variable. */
@ConfigMapping(prefix = "postrider")
public interface Settings {

  /** First part of every Redis key, so that several installations may share one Redis. */
  @WithDefault("mail")
  String keyPrefix();

  /** Queues this worker serves, with weights where they differ: {@code default=3,bulk=1}. */
  @WithDefault("default")
  List<String> queues();

  /**
   * Mails in flight at once in this process. Each needs a connection to its server, and servers
   * count those of one client: raise it as far as yours allows.
   */
  @WithDefault("64")
  int concurrency();

  /** Event loops that carry mail; each has its own connections. Default: one for each processor. */
  OptionalInt eventLoops();

  /** What speaks to the servers: {@code smtp} or {@code quarkus-mailer}. */
  @WithDefault("smtp")
  TransportKind transport();

  /** Connections to each route in this process. Default: as many as mails may be in flight. */
  OptionalInt connectionsPerRoute();

  /**
   * Allows AUTH without TLS. For a server on the same machine only: the password is in the clear.
   */
  @WithDefault("false")
  boolean clearTextLogin();

  /** More about routes; the servers themselves stand under {@code quarkus.mailer.<route>}. */
  Map<String, RouteSettings> routes();

  /** How this process names itself in Redis. Default: the host's name. */
  Optional<String> name();

  Retry retry();

  Limits limits();

  Idempotency idempotency();

  Events events();

  History history();

  Buried buried();

  Lease lease();

  Shutdown shutdown();

  Traces traces();

  Security security();

  /** What quarkus.mailer.* has no key for. */
  interface RouteSettings {

    /** Sends the whole mail in one write where the server offers CHUNKING (RFC 3030). */
    @WithDefault("true")
    boolean chunking();

    /**
     * Sends the envelope of the next mail in the same write as the end of this one's content (RFC
     * 2920), where mails wait for connections and the server answers within 250 ms.
     */
    @WithDefault("true")
    boolean lookahead();

    /** Sends RSET before every further mail of a connection; some servers count it as abuse. */
    @WithDefault("true")
    boolean reset();

    /**
     * File that holds the password or the access token instead of {@code quarkus.mailer.password};
     * read anew for each connection.
     */
    Optional<String> passwordFile();

    /** Longest life of a connection; looked at between two mails. */
    @WithDefault("10m")
    Duration connectionAge();

    /** How long the server may take for each step. */
    Timeouts timeouts();
  }

  /**
   * After these times the connection is closed. The defaults are the minimum of RFC 5321 §4.5.3.2,
   * but for the connection itself.
   */
  interface Timeouts {

    /** The TCP connection; a TLS handshake has the same time again. */
    @WithDefault("10s")
    Duration connect();

    /** The server's greeting. */
    @WithDefault("5m")
    Duration greeting();

    /** EHLO, HELO and STARTTLS. */
    @WithDefault("5m")
    Duration hello();

    /** Each step of AUTH. */
    @WithDefault("5m")
    Duration auth();

    /** RSET, MAIL and each RCPT. */
    @WithDefault("5m")
    Duration envelope();

    /** The reply to DATA. */
    @WithDefault("2m")
    Duration data();

    /** Each 256 KiB of the content. */
    @WithDefault("3m")
    Duration block();

    /** The reply to the end of the content; too short a time makes duplicates (RFC 1047). */
    @WithDefault("10m")
    Duration dot();

    /** The reply to QUIT. */
    @WithDefault("2s")
    Duration quit();
  }

  /** What speaks to the servers. */
  enum TransportKind {
    SMTP,
    QUARKUS_MAILER
  }

  /** Trying again. */
  interface Retry {

    /**
     * Delay after the first refusal; doubles with each further one. Long enough for a busy server,
     * short enough for somebody who waits for the mail.
     */
    @WithDefault("30s")
    Duration firstDelay();

    /** Longest delay between two attempts; 12 attempts take about half a day. */
    @WithDefault("4h")
    Duration maxDelay();

    /** Attempts in all before a mail is dead. Trouble with the server as a whole does not count. */
    @WithDefault("12")
    int attempts();

    /** Delay after trouble with the server as a whole; doubles while it lasts. */
    @WithDefault("5s")
    Duration connectionFirstDelay();

    /** Longest delay while the trouble lasts. */
    @WithDefault("5m")
    Duration connectionMaxDelay();
  }

  /** Bounds that protect this process and Redis. */
  interface Limits {

    /** Largest mail, as JSON in UTF-8. Files grow by a third in base64, here and on the wire. */
    @WithDefault("10M")
    MemorySize mailSize();

    /** JSON of all mail in flight in this process; reading waits while it is exceeded. */
    @WithDefault("256M")
    MemorySize bytesInFlight();

    /** Entries in a ready stream above which the HTTP door answers 429; 0 for no bound. */
    @WithDefault("0")
    long backlog();
  }

  /** Idempotency keys. */
  interface Idempotency {

    /** How long a key is remembered: longer than any producer goes on repeating itself. */
    @WithDefault("24h")
    Duration keep();
  }

  /** The events stream. */
  interface Events {

    /** Entries kept in each queue's stream, so that Redis does not fill; 0 writes none. */
    @WithDefault("100000")
    int maxLength();
  }

  /** Timelines for {@code GET /api/v1/mails/{id}}. */
  interface History {

    /**
     * Mails whose timeline is kept in each queue, at least; at most twice as many; 0 keeps none.
     */
    @WithDefault("100000")
    int maxMails();
  }

  /** The dead and held streams. */
  interface Buried {

    /** Entries kept in each of the two streams of a queue; the oldest go first. */
    @WithDefault("1000000")
    int maxLength();
  }

  /** How workers know of each other. */
  interface Lease {

    /**
     * A worker that does not renew for so long is gone; renewed three times as often. Shorter finds
     * the dead sooner, and takes those for dead that merely stall.
     */
    @WithDefault("15s")
    Duration time();
  }

  /** Leaving. */
  interface Shutdown {

    /**
     * How long mail in flight may take to end once the process was asked to stop. Less than the 30
     * s after which Kubernetes kills by default.
     */
    @WithDefault("25s")
    Duration drain();
  }

  /** Telling producers' traces of each attempt; off unless a collector is named. */
  interface Traces {

    /** Takes OTLP over HTTP in JSON, such as {@code http://collector:4318/v1/traces}. */
    Optional<URI> endpoint();

    /** Headers of each request, such as the token of a vendor. */
    Map<String, String> headers();
  }

  /** Who may come in by HTTP. Without any token everything but health is closed. */
  interface Security {

    /** May do everything. */
    Optional<String> adminToken();

    /** File that holds the admin token. */
    Optional<String> adminTokenFile();

    /** May look, not touch. */
    Optional<String> viewerToken();

    /** File that holds the viewer token. */
    Optional<String> viewerTokenFile();

    /** May enqueue and use guards. */
    Optional<String> producerToken();

    /** File that holds the producer token. */
    Optional<String> producerTokenFile();
  }
}
