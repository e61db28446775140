package dev.postrider.worker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.LogRecords;
import dev.postrider.support.redis.RedisProcess;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.jboss.logmanager.ExtHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a producer's trace is told of its mail, and what the log is not. */
@QuarkusTest
@TestProfile(Traced.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String KEPT = "00-" + TRACE + "-" + SPAN + "-01";
  private static final String NOT_KEPT = "00-" + TRACE + "-" + SPAN + "-00";

  /** Spans of two event loops come in any order; after so many, each loop has sent. */
  private static final int LOOPS_BEATS = 4;

  private final Set<String> told = new HashSet<>();

  private RedisProcess redis;
  private Collector collector;
  private TestProducer testProducer;

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
  }

  @AfterEach
  void close() {
    testProducer.close();
  }

  @Test
  void the_first_attempt_is_a_child_of_the_producers_span() throws InterruptedException {
    String id = add("ana@traces.test", KEPT);
    JsonObject span = spans(id, 1).get(0);
    assertEquals(TRACE, span.getString("traceId"));
    assertEquals(SPAN, span.getString("parentSpanId"));
    assertTrue(span.getString("spanId").matches("[0-9a-f]{16}"));
    assertEquals("process default", span.getString("name"));
    assertFalse(span.containsKey("status"), "no error");
    assertTrue(nanos(span, "endTimeUnixNano") >= nanos(span, "startTimeUnixNano"));
    Map<String, String> attributes = attributes(span);
    assertEquals(id, attributes.get("messaging.message.id"));
    assertEquals("default", attributes.get("messaging.destination.name"));
    assertEquals("sent", attributes.get("postrider.outcome"));
    assertEquals("default", attributes.get("postrider.route"));
    assertEquals("250", attributes.get("postrider.reply.code"));
    assertEquals("1", attributes.get("postrider.attempt"));
    assertFalse(span.encode().contains("@"), "no address");
  }

  @Test
  void a_later_attempt_begins_a_trace_of_its_own_that_points_to_the_producer()
      throws InterruptedException {
    String id = add("450-rcpt-1x@traces.test", KEPT);
    List<JsonObject> spans = spans(id, 2);
    assertEquals("deferred", attributes(spans.get(0)).get("postrider.outcome"));
    assertEquals(2, spans.get(0).getJsonObject("status").getInteger("code"));
    JsonObject second = spans.get(1);
    assertEquals("2", attributes(second).get("postrider.attempt"));
    assertNotEquals(TRACE, second.getString("traceId"));
    assertFalse(second.containsKey("parentSpanId"));
    JsonObject link = second.getJsonArray("links").getJsonObject(0);
    assertEquals(TRACE, link.getString("traceId"));
    assertEquals(SPAN, link.getString("spanId"));
  }

  @Test
  void mail_without_a_trace_is_not_exported() throws InterruptedException {
    List<String> untold =
        List.of(
            testProducer.send("none@traces.test"),
            add("unsampled@traces.test", NOT_KEPT),
            add("nonsense@traces.test", "yes please"));
    untold.forEach(id -> testProducer.await(id, "sent"));
    for (int i = 0; i < LOOPS_BEATS; i++) {
      spans(add("last@traces.test", KEPT), 1);
    }
    assertEquals(List.of(), told.stream().filter(untold::contains).toList());
  }

  @Test
  void a_collector_in_trouble_costs_traces_and_no_mail() throws InterruptedException {
    collector.answers(503);
    try (LogRecords log = LogRecords.above(Level.INFO)) {
      String id = add("trouble@traces.test", KEPT);
      assertEquals("sent", testProducer.await(id, "sent").get("type"));
      await()
          .atMost(TestProducer.BOUND)
          .until(
              () -> log.messages().stream().anyMatch(line -> line.startsWith("Traces are lost")));
    } finally {
      collector.answers(200);
    }
  }

  @Test
  void the_log_tells_of_a_mail_once_and_only_to_those_who_look_closely() {
    try (LogRecords all = LogRecords.above(Level.FINER);
        LogRecords seen = LogRecords.above(Level.FINE)) {
      String id = testProducer.send("quiet@traces.test");
      testProducer.await(id, "sent");
      await().atMost(TestProducer.BOUND).until(() -> lines(all, id).size() >= 1);
      assertEquals(List.of("Mail " + id + ": sent"), lines(all, id));
      assertEquals(List.of(), lines(seen, id));
      assertFalse(all.messages().toString().contains("quiet@"), "no address");
    }
  }

  @Test
  void the_log_can_be_written_for_machines() {
    List<String> formatters =
        Arrays.stream(Logger.getLogger("").getHandlers())
            .filter(ExtHandler.class::isInstance)
            .map(ExtHandler.class::cast)
            .map(ExtHandler::getHandlers)
            .flatMap(Arrays::stream)
            .map(Handler::getFormatter)
            .filter(Objects::nonNull)
            .map(Formatter::getClass)
            .map(Class::getSimpleName)
            .toList();
    assertTrue(formatters.contains("JsonFormatter"), formatters.toString());
  }

  /** Spans of one mail in the order of its attempts; notes whose spans came meanwhile. */
  private List<JsonObject> spans(String id, int number) throws InterruptedException {
    List<JsonObject> found = new ArrayList<>();
    while (found.size() < number) {
      for (JsonObject span : collector.spans(1, TestProducer.BOUND)) {
        String mail = attributes(span).get("messaging.message.id");
        told.add(mail);
        if (mail.equals(id)) {
          found.add(span);
        }
      }
    }
    found.sort(Comparator.comparing(span -> attributes(span).get("postrider.attempt")));
    return found;
  }

  private String add(String to, String traceparent) {
    return (String)
        testProducer
            .redis()
            .command(
                "XADD",
                testProducer.key("ready"),
                "*",
                "mail",
                TestProducer.mail(to),
                "traceparent",
                traceparent);
  }

  private static List<String> lines(LogRecords log, String id) {
    return log.messages().stream().filter(line -> line.contains(id)).toList();
  }

  private static long nanos(JsonObject span, String name) {
    return Long.parseLong(span.getString(name));
  }

  private static Map<String, String> attributes(JsonObject span) {
    return span.getJsonArray("attributes").stream()
        .map(JsonObject.class::cast)
        .collect(
            Collectors.toMap(
                one -> one.getString("key"),
                one -> String.valueOf(one.getJsonObject("value").iterator().next().getValue())));
  }
}
