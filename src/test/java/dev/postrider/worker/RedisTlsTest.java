package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Certificates;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis by TLS, with an authority of one's own. */
@QuarkusTest
@WithTestResource(RedisTlsTest.Secure.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class RedisTlsTest {

  RedisProcess redis;
  Sink sink;

  /** A server that speaks TLS at a second port; without such a program the test is skipped. */
  public static final class Secure implements QuarkusTestResourceLifecycleManager {

    private Certificates certificates;
    private RedisProcess redis;
    private Sink sink;
    private boolean secure;

    @Override
    public Map<String, String> start() {
      certificates = new Certificates();
      sink = Sink.start();
      Map<String, String> configuration = new HashMap<>(sink.settings());
      configuration.put("quarkus.redis.hosts", startRedis(freePort()));
      configuration.put("quarkus.redis.tls-configuration-name", "redis");
      configuration.put(
          "quarkus.tls.redis.trust-store.pem.certs", certificates.trustFile().toString());
      configuration.put("quarkus.http.test-port", "0");
      return configuration;
    }

    private String startRedis(int port) {
      List<Path> files = certificates.goodFiles();
      try {
        redis =
            RedisProcess.startInstalled(
                "--tls-port", Integer.toString(port),
                "--tls-key-file", files.get(0).toString(),
                "--tls-cert-file", files.get(1).toString(),
                "--tls-ca-cert-file", certificates.trustFile().toString(),
                "--tls-auth-clients", "no");
        secure = true;
        return "rediss://localhost:" + port;
      } catch (IllegalStateException speaksNoTls) {
        redis = RedisProcess.start();
        return redis.url();
      }
    }

    private static int freePort() {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        throw new UncheckedIOException("No free port.", e);
      }
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisProcess.class));
      injector.injectIntoFields(sink, new TestInjector.MatchesType(Sink.class));
      injector.injectIntoFields(this, new TestInjector.MatchesType(Secure.class));
    }

    @Override
    public void stop() {
      sink.close();
      redis.close();
      certificates.close();
    }
  }

  Secure secure;

  @Test
  void carries_mail_and_every_connection_of_the_worker() {
    if (!secure.secure) {
      ForeignPrograms.skip("redis-server");
    }
    try (TestProducer testProducer = new TestProducer(redis);
        RedisClient admin = redis.client()) {
      assertEquals("sent", testProducer.end(testProducer.send("secret@tls.test")).get("type"));
      String clients = (String) admin.command("CLIENT", "LIST");
      List<String> plain =
          clients
              .lines()
              .filter(client -> client.contains("laddr=127.0.0.1:" + redis.port()))
              .toList();
      assertTrue(clients.lines().count() > plain.size(), "the worker is there");
      assertEquals(2, plain.size(), "only the test itself comes without TLS: " + plain);
    }
  }
}
