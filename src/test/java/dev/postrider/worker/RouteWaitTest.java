package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Mail whose route does not work: over a real Redis and real servers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RouteWaitTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final String LOCKED = "535 5.7.8 Wrong for ana@acme.test";
  private static final int MAILS = 300;

  private static RedisProcess redis;

  private TestProducer producer;
  private LogRecords log;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void open() {
    redis.flush();
    producer = new TestProducer(redis);
    log = LogRecords.above(Level.FINE);
  }

  @AfterEach
  void close() {
    log.close();
    producer.close();
  }

  @SuppressWarnings("try") // One server ends and another takes its port while the engine runs.
  @Test
  void only_probes_connect_while_the_login_is_refused_and_each_mail_is_told_of_at_most_once() {
    int port;
    try (Sink locked = Sink.start(locked(0));
        TestEngine engine = TestEngine.start(redis, login(locked.port()))) {
      port = locked.port();
      add(MAILS, "default");
      await().atMost(BOUND).until(() -> engine.health("default").status().probes() >= 3);
      await().atMost(BOUND).until(() -> parked(engine) >= MAILS - 1);
      long probes = engine.health("default").status().probes();
      long connections = locked.counters().connections();
      assertTrue(
          connections <= 16 + 2 + probes + 1, connections + " connections, " + probes + " probes");
      assertEquals(0, locked.mails().size());
      locked.close();
      try (Sink open = Sink.start(account(port))) {
        producer.awaitAll(MAILS, event -> event.get("type").equals("sent"));
        assertEquals(MAILS, open.mails().size());
      }
      assertEquals(0, engine.health("default").status().parked());
    }
    Map<String, Long> deferred =
        producer.entries("events").stream()
            .filter(event -> event.get("type").equals("deferred"))
            .collect(Collectors.groupingBy(event -> event.get("id"), Collectors.counting()));
    assertTrue(deferred.size() < 16, deferred.size() + " told");
    deferred.forEach((id, times) -> assertEquals(1, times, id));
    assertLog();
  }

  private void assertLog() {
    List<String> lines =
        log.messages().stream().filter(line -> line.matches("Route default [(t].*")).toList();
    assertEquals(2, lines.size(), lines.toString());
    assertTrue(lines.get(0).contains("takes no mail: 535 5.7.8 Wrong for"), lines.get(0));
    assertTrue(lines.get(0).contains("Check quarkus.mailer.*"), lines.get(0));
    assertTrue(lines.get(1).contains("takes mail again"), lines.get(1));
    assertTrue(lines.stream().noneMatch(line -> line.contains("ana@")), lines.toString());
  }

  @Test
  void tries_no_mail_of_a_route_that_waits_and_none_of_another_waits() throws IOException {
    try (Sink good = Sink.start();
        TestEngine engine = TestEngine.start(redis, withDead(good))) {
      add(50, "dead");
      await().atMost(BOUND).until(() -> engine.health("dead").status().waiting().isPresent());
      add(50, "default");
      producer.awaitAll(50, event -> event.get("type").equals("sent"));
      assertEquals(50, good.mails().size());
      assertTrue(engine.health("default").status().waiting().isEmpty());
    }
  }

  @Test
  void skips_a_parked_mail_at_its_expiry() throws IOException {
    try (Sink good = Sink.start();
        TestEngine engine = TestEngine.start(redis, withDead(good))) {
      add(10, "dead");
      await().atMost(BOUND).until(() -> engine.health("dead").status().waiting().isPresent());
      String soon = Instant.now().plusMillis(300).toString();
      String id =
          producer.send("ana@x.test", "\"route\":\"dead\"", "\"expires_at\":\"" + soon + "\"");
      Map<String, String> end = producer.end(id);
      assertEquals("expired", end.get("reason"));
      assertEquals(1, producer.events(id).size());
    }
  }

  @Test
  void a_server_that_closes_with_421_on_one_mail_in_twenty_makes_no_other_wait() {
    try (Sink sink = Sink.start();
        TestEngine engine = TestEngine.start(redis, sink.settings())) {
      List<String> mails =
          IntStream.range(0, 1_000)
              .mapToObj(n -> (n % 20 == 0 ? "421-rcpt-1x+" : "ok+") + n + "@x.test")
              .map(to -> TestProducer.mail(to))
              .toList();
      producer.addAll(mails);
      producer.awaitAll(1_000, event -> event.get("type").equals("sent"));
      assertEquals(0, engine.health("default").status().probes());
      long others =
          producer.entries("events").stream()
              .filter(event -> event.get("type").equals("deferred"))
              .filter(event -> !"421".equals(event.get("code")))
              .count();
      assertEquals(0, others, "mails that never met the 421");
    }
    assertTrue(log.messages().stream().noneMatch(line -> line.startsWith("Route ")));
  }

  private void add(int count, String route) {
    producer.addAll(
        IntStream.range(0, count)
            .mapToObj(n -> TestProducer.mail("m" + n + "@x.test", "\"route\":\"" + route + "\""))
            .toList());
  }

  private static long parked(TestEngine engine) {
    return engine.health("default").status().parked();
  }

  private static Map<String, String> login(int port) {
    return Map.of(
        "quarkus.mailer.host", "127.0.0.1",
        "quarkus.mailer.port", Integer.toString(port),
        "quarkus.mailer.username", "acme",
        "quarkus.mailer.password", "wrong",
        "quarkus.mailer.start-tls", "DISABLED",
        "postrider.clear-text-login", "true");
  }

  private static SinkOptions locked(int port) {
    return account(port).failsAuthentication(LOCKED);
  }

  private static SinkOptions account(int port) {
    return new SinkOptions().server(server -> server.account("acme", "wrong").port(port));
  }

  private static Map<String, String> withDead(Sink good) throws IOException {
    Map<String, String> settings = new HashMap<>(good.settings());
    try (ServerSocket unused = new ServerSocket(0)) {
      settings.put("quarkus.mailer.dead.host", "127.0.0.1");
      settings.put("quarkus.mailer.dead.port", Integer.toString(unused.getLocalPort()));
    }
    return settings;
  }
}
