package dev.postrider.cli.config;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * One TLS configuration of a client: keys, trust, protocols. Without the container there are no
 * providers of stores, and stores are not reloaded.
 */
final class CliTlsConfiguration implements TlsConfiguration {

  private final String name;
  private final TlsBucketConfig bucket;
  private final Optional<KeyStoreAndKeyCertOptions> keys;
  private final Optional<TrustStoreAndTrustOptions> trust;

  CliTlsConfiguration(String name, TlsBucketConfig bucket, Vertx vertx) {
    this.name = name;
    this.bucket = bucket;
    this.keys = bucket.keyStore().flatMap(store -> TlsStores.keys(store, vertx, name));
    this.trust = bucket.trustStore().flatMap(store -> TlsStores.trust(store, vertx, name));
  }

  @Override
  public KeyStore getKeyStore() {
    return keys.map(store -> store.keyStore).orElse(null);
  }

  @Override
  public KeyCertOptions getKeyStoreOptions() {
    return keys.map(store -> store.options).orElse(null);
  }

  @Override
  public KeyStore getTrustStore() {
    return trust.map(store -> store.trustStore).orElse(null);
  }

  @Override
  public TrustOptions getTrustStoreOptions() {
    return trust.map(store -> store.options).orElse(null);
  }

  @Override
  public SSLOptions getSSLOptions() {
    SSLOptions options = new SSLOptions();
    options.setKeyCertOptions(getKeyStoreOptions());
    options.setTrustOptions(getTrustStoreOptions());
    options.setUseAlpn(bucket.alpn());
    options.setEnabledSecureTransportProtocols(bucket.protocols());
    options.setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options.setSslHandshakeTimeout(bucket.handshakeTimeout().toSeconds());
    bucket.cipherSuites().ifPresent(suites -> suites.forEach(options::addEnabledCipherSuite));
    return options;
  }

  @Override
  public SSLContext createSSLContext() {
    throw new UnsupportedOperationException("Commands use no SSLContext.");
  }

  @Override
  public boolean isTrustAll() {
    return bucket.trustAll();
  }

  @Override
  public Optional<String> getHostnameVerificationAlgorithm() {
    return bucket.hostnameVerificationAlgorithm().or(() -> Optional.of("HTTPS"));
  }

  @Override
  public boolean usesSni() {
    return false;
  }

  @Override
  public boolean reload() {
    return false;
  }

  @Override
  public String getName() {
    return name;
  }
}
