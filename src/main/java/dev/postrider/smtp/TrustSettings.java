package dev.postrider.smtp;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import java.util.function.UnaryOperator;

/**
 * Whom to trust with mail and credentials.
 *
 * @param trustAll accepts every certificate and name; for development only
 * @param clearTextLogin allows AUTH without TLS; for development only
 * @param options last word on trust store, client certificate, proxy or local address. TLS 1.2 or
 *     later and the check of the host name are set afterwards and cannot be undone here
 */
public record TrustSettings(
    boolean trustAll, boolean clearTextLogin, UnaryOperator<NetClientOptions> options) {

  /** The trust store of the JVM; chain and host name are verified. */
  public static TrustSettings system() {
    return new TrustSettings(false, false, UnaryOperator.identity());
  }

  /** The given certificate authorities; chain and host name are verified. */
  public static TrustSettings of(TrustOptions authorities) {
    return new TrustSettings(false, false, options -> options.setTrustOptions(authorities));
  }

  /** Anyone, and clear text; for development only. */
  public static TrustSettings anyone() {
    return new TrustSettings(true, true, UnaryOperator.identity());
  }
}
