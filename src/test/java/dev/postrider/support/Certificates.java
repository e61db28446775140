package dev.postrider.support;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Server certificates for tests, good and bad, and the authority that signs them. They are made by
 * the {@code keytool} of the running JDK, about 0.7 s each, when they are first asked for.
 */
public final class Certificates implements AutoCloseable {

  private static final String PASSWORD = "not a secret";
  private static final String GOOD_NAMES = "san=dns:localhost,ip:127.0.0.1";
  private static final int KEYTOOL_SECONDS_MAX = 60;

  private final Path directory;
  private final Path store;

  /** Makes the authority. */
  public Certificates() {
    try {
      directory = Files.createTempDirectory("postrider-certificates");
    } catch (IOException e) {
      throw new UncheckedIOException("No directory for certificates.", e);
    }
    store = directory.resolve("keys.p12");
    make("authority", "-ext", "bc:c=ca:true");
  }

  /** Valid, for {@code localhost} and 127.0.0.1, signed by the authority. */
  public KeyCertOptions good() {
    return signed("good", "-ext", GOOD_NAMES);
  }

  /** Like the good one, but it ended five days ago. */
  public KeyCertOptions expired() {
    return signed("expired", "-ext", GOOD_NAMES, "-startdate", "-10d", "-validity", "5");
  }

  /** Valid, but for another host. */
  public KeyCertOptions wrongName() {
    return signed("wrong-name", "-ext", "san=dns:other.test");
  }

  /** Right name and time, but signed by itself. */
  public KeyCertOptions selfSigned() {
    return make("self-signed", "-ext", GOOD_NAMES);
  }

  /** Trusts the authority alone. */
  public TrustOptions trust() {
    return new PemTrustOptions().addCertValue(Buffer.buffer(authority()));
  }

  /** A PEM file with the certificate of the authority. */
  public Path trustFile() {
    try {
      return Files.writeString(directory.resolve("authority.pem"), authority());
    } catch (IOException e) {
      throw new UncheckedIOException("The authority cannot be written.", e);
    }
  }

  /** PEM files with the key and the certificate of the good one, for servers not of ours. */
  public List<Path> goodFiles() {
    good();
    try {
      KeyStore keys = keys();
      byte[] key = keys.getKey("good", PASSWORD.toCharArray()).getEncoded();
      byte[] certificate = keys.getCertificate("good").getEncoded();
      return List.of(
          Files.writeString(directory.resolve("good.key.pem"), pem("PRIVATE KEY", key)),
          Files.writeString(directory.resolve("good.pem"), pem("CERTIFICATE", certificate)));
    } catch (IOException e) {
      throw new UncheckedIOException("The certificate cannot be written.", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool made no key.", e);
    }
  }

  @Override
  public void close() {
    try {
      for (String file : List.of("authority.pem", "good.key.pem", "good.pem")) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.delete(store);
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not remove " + directory + ".", e);
    }
  }

  private String authority() {
    try {
      return pem("CERTIFICATE", keys().getCertificate("authority").getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool made no certificate.", e);
    }
  }

  private static String pem(String kind, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind);
  }

  private KeyCertOptions signed(String alias, String... arguments) {
    List<String> all = new ArrayList<>(List.of("-signer", "authority"));
    all.addAll(Arrays.asList(arguments));
    return make(alias, all.toArray(String[]::new));
  }

  private synchronized KeyCertOptions make(String alias, String... arguments) {
    if (!Files.exists(store) || !has(alias)) {
      keytool(alias, arguments);
    }
    return new PfxOptions().setPath(store.toString()).setPassword(PASSWORD).setAlias(alias);
  }

  private boolean has(String alias) {
    try {
      Certificate certificate = keys().getCertificate(alias);
      return certificate != null;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keytool made a store that Java cannot read.", e);
    }
  }

  private KeyStore keys() throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, PASSWORD.toCharArray());
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + store + ".", e);
    }
  }

  private void keytool(String alias, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    line.addAll(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
    line.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12"));
    line.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    line.addAll(Arrays.asList(arguments));
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(KEYTOOL_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException("keytool failed: " + line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("keytool cannot be run; a JDK is needed, not a JRE.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while keytool was running.", e);
    }
  }
}
