package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.event.QueueMetrics;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail of a good route beside routes whose servers do not answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SilentRoutesTest {

  private static final Duration BOUND = Duration.ofSeconds(30);
  private static final int BACKLOG = 1_000;
  private static final int GOOD = 100;
  private static final long P99_MAX_MS = 1_000;

  private static RedisProcess redis;
  private static Sink good;
  private static Sink silent;

  @BeforeAll
  static void start() {
    redis = RedisProcess.start();
    good = Sink.start();
    silent = Sink.start(new SinkOptions().neverGreets());
  }

  @AfterAll
  static void stop() {
    silent.close();
    good.close();
    redis.close();
  }

  @BeforeEach
  void clear() {
    redis.flush();
    good.clear();
  }

  /**
   * Never greets; greets and never answers RCPT, so that its mail cannot give its slot back; takes
   * two seconds for a mail.
   */
  @ParameterizedTest
  @CsvSource({
    "1, silent, ana@x.test",
    "2, silent, ana@x.test",
    "8, silent, ana@x.test",
    "1, good, blackhole-rcpt@x.test",
    "8, good, blackhole-rcpt@x.test",
    "1, good, slow-dot-2000ms@x.test",
    "8, good, slow-dot-2000ms@x.test"
  })
  void good_mail_does_not_wait_for_routes_without_progress(int routes, String server, String to) {
    Sink bad = server.equals("silent") ? silent : good;
    try (TestProducer producer = new TestProducer(redis);
        TestEngine engine = TestEngine.start(redis, settings(bad, routes))) {
      producer.addAll(
          IntStream.range(0, BACKLOG)
              .mapToObj(n -> TestProducer.mail(to, "\"route\":\"bad" + n % routes + "\""))
              .toList());
      await().atMost(BOUND).until(() -> engine.count(QueueMetrics.Count.PARKED) >= BACKLOG / 2);
      List<Long> took = new ArrayList<>();
      for (int n = 0; n < GOOD; n++) {
        long added = System.nanoTime();
        String id = producer.send("good" + n + "@x.test");
        assertEquals("sent", producer.end(id).get("type"));
        took.add((System.nanoTime() - added) / 1_000_000);
      }
      took.sort(Long::compare);
      assertTrue(took.get(GOOD - 2) < P99_MAX_MS, "ms: " + took);
    }
  }

  private static Map<String, String> settings(Sink bad, int routes) {
    Map<String, String> settings = new HashMap<>(good.settings());
    for (int route = 0; route < routes; route++) {
      settings.put("quarkus.mailer.bad" + route + ".host", bad.host());
      settings.put("quarkus.mailer.bad" + route + ".port", Integer.toString(bad.port()));
    }
    return settings;
  }
}
