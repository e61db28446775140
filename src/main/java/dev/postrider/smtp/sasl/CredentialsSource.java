package dev.postrider.smtp.sasl;

import dev.postrider.smtp.Timeouts;
import io.vertx.core.Future;

/** Gives the credentials for one connection; asked anew for each, so that tokens may rotate. */
@FunctionalInterface
public interface CredentialsSource {

  /** Credentials valid now. Bounded by {@link Timeouts#auth()}; a failure fails the connection. */
  Future<Credentials> credentials();

  /** The same credentials every time. */
  static CredentialsSource fixed(Credentials credentials) {
    return () -> Future.succeededFuture(credentials);
  }
}
