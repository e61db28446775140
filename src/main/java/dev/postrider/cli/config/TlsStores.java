package dev.postrider.cli.config;

import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.config.KeyStoreConfig;
import io.quarkus.tls.runtime.config.TrustStoreConfig;
import io.quarkus.tls.runtime.keystores.JKSKeyStores;
import io.quarkus.tls.runtime.keystores.P12KeyStores;
import io.quarkus.tls.runtime.keystores.PemKeyStores;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Opens the stores of a TLS configuration. Quarkus gives each store defaults; without a file it is
 * empty here.
 */
final class TlsStores {

  private TlsStores() {}

  static Optional<KeyStoreAndKeyCertOptions> keys(KeyStoreConfig store, Vertx vertx, String name) {
    if (store.pem().isPresent()) {
      return Optional.of(PemKeyStores.verifyPEMKeyStore(store, vertx, name));
    }
    if (store.p12().isPresent()) {
      return Optional.of(P12KeyStores.verifyP12KeyStore(store, vertx, name));
    }
    return store.jks().map(any -> JKSKeyStores.verifyJKSKeyStore(store, vertx, name));
  }

  static Optional<TrustStoreAndTrustOptions> trust(
      TrustStoreConfig store, Vertx vertx, String name) {
    if (store.pem().isPresent()) {
      return Optional.of(PemKeyStores.verifyPEMTrustStoreStore(store, vertx, name));
    }
    if (store.p12().isPresent()) {
      return Optional.of(P12KeyStores.verifyP12TrustStoreStore(store, vertx, name));
    }
    return store.jks().map(any -> JKSKeyStores.verifyJKSTrustStoreStore(store, vertx, name));
  }
}
