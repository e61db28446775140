package dev.postrider.smtp.sasl;

import io.vertx.core.Future;

/** Gives the credentials for one connection; asked for each connection, so tokens may rotate. */
@FunctionalInterface
public interface CredentialsSource {

  /**
   * Credentials that are valid now. The wait ends with the timeout of AUTH; a failure fails the
   * connection.
   */
  Future<Credentials> credentials();

  /** The same credentials every time. */
  static CredentialsSource fixed(Credentials credentials) {
    return () -> Future.succeededFuture(credentials);
  }
}
