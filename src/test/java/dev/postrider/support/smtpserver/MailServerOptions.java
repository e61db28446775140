package dev.postrider.support.smtpserver;

import io.vertx.core.net.KeyCertOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a {@link MailServer} behaves. The defaults: loopback, a free port, every extension, no TLS,
 * no accounts, content kept.
 */
public final class MailServerOptions {

  /** What of a mail is kept for the consumer. */
  public enum Keep {
    /** Nothing: mails are only counted and the consumer is not called. */
    COUNT,
    /** The envelope; message and wire are empty. */
    ENVELOPE,
    /** All. */
    CONTENT
  }

  /** How replies are written. */
  public enum Writing {
    /** The replies to all commands of one read leave in one write. */
    COALESCED,
    /** One write and one packet for each byte. */
    BYTE_BY_BYTE
  }

  private final Set<Extension> extensions = EnumSet.allOf(Extension.class);
  private final Map<String, String> accounts = new HashMap<>();
  private String host = "127.0.0.1";
  private int port;
  private Keep keep = Keep.CONTENT;
  private Writing writing = Writing.COALESCED;
  private long sizeMax = 50L * 1024 * 1024;
  private int connectionsMax = Integer.MAX_VALUE;
  private Optional<Duration> idleMax = Optional.empty();
  private Optional<KeyCertOptions> certificate = Optional.empty();
  private boolean implicitTls;
  private boolean authRequired;

  /** Address to listen on. Default: 127.0.0.1. */
  public MailServerOptions host(String address) {
    host = address;
    return this;
  }

  /** Port to listen on. Default: 0, any free one. */
  public MailServerOptions port(int number) {
    port = number;
    return this;
  }

  /** Does not offer these extensions, and does not understand their commands. */
  public MailServerOptions without(Extension... unwanted) {
    for (Extension extension : unwanted) {
      extensions.remove(extension);
    }
    return this;
  }

  /** What of each mail is kept. Default: all. */
  public MailServerOptions keep(Keep what) {
    keep = what;
    return this;
  }

  /** How replies are written. Default: coalesced. */
  public MailServerOptions writing(Writing way) {
    writing = way;
    return this;
  }

  /** Largest mail in bytes, announced with SIZE. Default: 50 MiB. */
  public MailServerOptions sizeMax(long bytes) {
    sizeMax = bytes;
    return this;
  }

  /** Connections at once; the next one is greeted with 421. Default: no limit. */
  public MailServerOptions connectionsMax(int number) {
    connectionsMax = number;
    return this;
  }

  /** Replies with 421 and closes after this long without a command or content. Default: never. */
  public MailServerOptions idleMax(Duration time) {
    idleMax = Optional.of(time);
    return this;
  }

  /** Offers STARTTLS with this certificate. */
  public MailServerOptions startTls(KeyCertOptions keyAndCertificate) {
    certificate = Optional.of(keyAndCertificate);
    implicitTls = false;
    return this;
  }

  /** Uses TLS from the first byte. */
  public MailServerOptions implicitTls(KeyCertOptions keyAndCertificate) {
    certificate = Optional.of(keyAndCertificate);
    implicitTls = true;
    return this;
  }

  /** Offers AUTH and accepts this user; the secret is the password, or the token for OAuth. */
  public MailServerOptions account(String user, String secret) {
    accounts.put(user, secret);
    return this;
  }

  /** Refuses MAIL with 530 before a successful AUTH. */
  public MailServerOptions authRequired() {
    authRequired = true;
    return this;
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  boolean offers(Extension extension) {
    return switch (extension) {
      case STARTTLS -> extensions.contains(extension) && certificate.isPresent() && !implicitTls;
      case AUTH -> extensions.contains(extension) && !accounts.isEmpty();
      default -> extensions.contains(extension);
    };
  }

  Keep keep() {
    return keep;
  }

  Writing writing() {
    return writing;
  }

  long sizeMax() {
    return sizeMax;
  }

  int connectionsMax() {
    return connectionsMax;
  }

  Optional<Duration> idleMax() {
    return idleMax;
  }

  Optional<KeyCertOptions> certificate() {
    return certificate;
  }

  boolean usesImplicitTls() {
    return implicitTls;
  }

  boolean requiresAuth() {
    return authRequired;
  }

  Map<String, String> accounts() {
    return accounts;
  }
}
