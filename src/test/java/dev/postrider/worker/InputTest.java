package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Hostile;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtpserver.Received;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What producers get wrong, or do on purpose: each is dead with its reason, nothing is sent, and
 * the mails around it arrive.
 */
@QuarkusTest
@TestProfile(FastWorkerProfile.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InputTest {

  private static final List<String> FIELDS =
      List.of(
          "\"from\":\"A%s <hi@acme.test>\"",
          "\"from\":\"hi%s@acme.test\"",
          "\"to\":[\"ana%s@input.test\"]",
          "\"to\":[\"Ana%s <ana@input.test>\"]",
          "\"cc\":[\"ana@input%s.test\"]",
          "\"bcc\":[\"ana%s@input.test\"]",
          "\"reply_to\":\"ana%s@input.test\"",
          "\"subject\":\"Hello%s\"",
          "\"headers\":{\"X-Own\":\"value%s\"}",
          "\"headers\":{\"X-Own%s\":\"value\"}",
          "\"envelope_sender\":\"bounce%s@acme.test\"",
          "\"id\":\"id%s\"",
          "\"unsubscribe\":{\"url\":\"https://acme.test/u%s\"}",
          "\"attachments\":[{\"filename\":\"a%s.txt\",\"content\":\"aGVsbG8=\"}]",
          "\"attachments\":[{\"filename\":\"a\",\"content\":\"aGVsbG8=\",\"content_type\":\"a/b%s\"}]",
          "\"html\":\"<p>\",\"attachments\":[{\"filename\":\"a\",\"content\":\"aGVsbG8=\",\"content_id\":\"c%s\"}]");

  private static final List<String> PAYLOADS =
      List.of(
          "\\r",
          "\\n",
          "\\r\\n",
          "\\n\\r",
          "\\u0000",
          "\\u0001",
          "\\u0007",
          "\\b",
          "\\t",
          "\\u000b",
          "\\f",
          "\\u001b",
          "\\u001f",
          "\\u007f",
          "\\u0080",
          "\\u0085",
          "\\u009f",
          "\\u2028",
          "\\u2029",
          "\\u760d",
          "\\u760a",
          "\\u560a",
          "\\u0a0d",
          "\\ud800",
          "\\udc00",
          "\\ufeff",
          "\\u202e",
          "\\r\\nBcc: eve@evil.test",
          "\\nBcc: eve@evil.test",
          "\\rBcc: eve@evil.test",
          "\\r\\n\\r\\n<script>",
          "\\r\\n.\\r\\nMAIL FROM:<eve@evil.test>",
          "\\n.\\n",
          "\\r\\n ",
          "\\u0085Bcc: eve@evil.test",
          "\\u2028Bcc: eve@evil.test",
          "\\u760d\\u760aBcc: eve@evil.test",
          "=?utf-8?q?=0D=0ABcc:_eve@evil.test?=",
          "\\\"\\r\\nBcc: eve@evil.test",
          ">\\r\\nRCPT TO:<eve@evil.test");

  private RedisProcess redis;
  private Sink sink;
  private TestProducer testProducer;

  @BeforeEach
  void open() {
    testProducer = new TestProducer(redis);
  }

  @AfterEach
  void close() {
    testProducer.close();
    sink.assertWireClean();
  }

  @Test
  void writes_no_line_that_a_producer_smuggled_in_whatever_the_field() {
    sink.clear();
    assertTrue(FIELDS.size() >= 12 && PAYLOADS.size() >= 40, PAYLOADS.size() + " payloads");
    testProducer.addAll(mails());
    String last = testProducer.send("after@input.test");
    testProducer.end(last);
    testProducer.awaitIdle();
    for (Received mail : sink.mails()) {
      assertHarmless(mail);
    }
    sink.clear();
  }

  @Hostile("fields × payloads")
  static List<String> mails() {
    return FIELDS.stream()
        .flatMap(field -> PAYLOADS.stream().map(field::formatted))
        .map(InputTest::mail)
        .toList();
  }

  /** Members given twice are refused, so a member of the frame gives way to the one under test. */
  private static String mail(String member) {
    String name = member.substring(0, member.indexOf(':'));
    Map<String, String> frame =
        Map.of(
            "\"from\"", "\"from\":\"hi@acme.test\"",
            "\"to\"", "\"to\":[\"frame@input.test\"]",
            "\"subject\"", "\"subject\":\"Hello\"",
            "\"text\"", "\"text\":\"It works.\"");
    return frame.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(name))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(",", "{", "," + member + "}"));
  }

  private static void assertHarmless(Received mail) {
    String message = new String(mail.message(), StandardCharsets.UTF_8);
    String header = message.substring(0, message.indexOf("\r\n\r\n"));
    for (String line : header.split("\r\n")) {
      assertTrue(line.matches("[^\\p{Cntrl}\\x80-\\x9f\\u2028\\u2029]*"), line);
      assertTrue(line.matches("(?i)([a-z0-9-]+:|[ \\t]).*"), line);
      assertTrue(!line.toLowerCase().startsWith("bcc:"), line);
    }
    assertTrue(!mail.recipients().contains("eve@evil.test"));
    assertTrue(!mail.sender().contains("evil"));
  }

  @Test
  void makes_dead_what_is_no_mail_with_the_reason_and_the_place() {
    record Bad(String pointer, String mail) {}
    List<Bad> all =
        List.of(
            new Bad("", "not JSON"),
            new Bad("", ""),
            new Bad("", "[1]"),
            new Bad("", "null"),
            new Bad("", "{\"from\":"),
            new Bad("/form", "{\"form\":\"hi@acme.test\"}"),
            new Bad("/from", "{\"to\":[\"ana@input.test\"],\"text\":\"x\"}"),
            new Bad("/to", "{\"from\":\"hi@acme.test\",\"text\":\"x\"}"),
            new Bad("/text", "{\"from\":\"hi@acme.test\",\"to\":[\"ana@input.test\"]}"),
            new Bad("/to", "{\"from\":\"hi@acme.test\",\"to\":{},\"text\":\"x\"}"),
            new Bad("/to/0", "{\"from\":\"hi@acme.test\",\"to\":[\"no address\"],\"text\":\"x\"}"),
            new Bad(
                "/scheduled_at",
                TestProducer.mail("a@b.test", "\"scheduled_at\":\"2026-11-22T10:00:00\"")),
            new Bad("/expires_at", TestProducer.mail("a@b.test", "\"expires_at\":\"tomorrow\"")),
            new Bad("/subject", TestProducer.mail("a@b.test", "\"subject\":\"twice\"")),
            new Bad("/on_unknown", TestProducer.mail("a@b.test", "\"on_unknown\":\"maybe\"")),
            new Bad("/route", TestProducer.mail("a@b.test", "\"route\":\"none\"")),
            new Bad("/id", TestProducer.mail("a@b.test", "\"id\":\"a b\"")),
            new Bad("", "[".repeat(10_000) + "]".repeat(10_000)),
            new Bad(
                "/tags",
                TestProducer.mail(
                    "a@b.test",
                    "\"tags\":" + "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000))));
    for (Bad bad : all) {
      String around = testProducer.send("around@input.test");
      String id = testProducer.add(bad.mail());
      Map<String, String> event = testProducer.end(id);
      assertEquals("dead invalid", event.get("type") + " " + event.get("reason"), bad.mail());
      Map<String, String> dead = dead(id);
      assertEquals(bad.mail(), dead.getOrDefault("mail", ""));
      assertTrue(dead.get("pointer").startsWith(bad.pointer()), bad + " " + dead.get("pointer"));
      assertTrue(!dead.get("detail").isEmpty());
      assertEquals("sent", testProducer.end(around).get("type"));
    }
  }

  @Test
  void makes_a_mail_of_a_hundred_megabytes_dead_and_goes_on() {
    byte[] huge = new byte[100_000_000];
    java.util.Arrays.fill(huge, (byte) 'x');
    String id =
        (String) testProducer.redis().command("XADD", testProducer.key("ready"), "*", "mail", huge);
    assertEquals("dead", testProducer.end(id).get("type"));
    assertEquals("sent", testProducer.end(testProducer.send("after-huge@input.test")).get("type"));
    testProducer.redis().command("DEL", testProducer.key("dead"));
  }

  @Test
  void makes_entries_dead_that_no_producer_should_write() {
    List<List<String>> entries =
        List.of(
            List.of("other", "value"),
            List.of("mail", TestProducer.mail("a@b.test"), "progress", "x"),
            List.of("mail", TestProducer.mail("a@b.test"), "progress", "{\"origin\":\"x\"}"),
            List.of("mail", TestProducer.mail("a@b.test"), "progress", "{\"attempts\":-7}"),
            List.of("mail", TestProducer.mail("a@b.test"), "progress", "{\"accepted\":7}"));
    for (List<String> fields : entries) {
      List<Object> command = new ArrayList<>(List.of("XADD", testProducer.key("ready"), "*"));
      command.addAll(fields);
      String id = (String) testProducer.redis().command(command.toArray());
      assertEquals("invalid", testProducer.end(id).get("reason"), fields.toString());
    }
    assertEquals("sent", testProducer.end(testProducer.send("after@entries.test")).get("type"));
  }

  @Test
  void tells_of_an_entry_that_was_deleted_while_it_was_pending() {
    testProducer.redis().command("SET", testProducer.key("paused"), "so that it is pending");
    String id = testProducer.send("deleted@input.test");
    awaitSetAside(id);
    testProducer.redis().command("XDEL", testProducer.key("ready"), id);
    testProducer.redis().command("DEL", testProducer.key("paused"));
    Map<String, String> dead = testProducer.end(id);
    assertEquals("invalid", dead.get("reason"));
    assertTrue(dead.get("detail").contains("deleted"), dead.toString());
    assertEquals(List.of(), sink.mailsTo("deleted@input.test"));
  }

  /** Read by a worker that found its queue paused. */
  private void awaitSetAside(String id) {
    long deadline = System.nanoTime() + TestProducer.BOUND.toNanos();
    while (!pending(id).toString().endsWith(", 0]]")) {
      assertTrue(System.nanoTime() < deadline, "no worker reads it");
    }
  }

  private Object pending(String id) {
    return testProducer
        .redis()
        .command("XPENDING", testProducer.key("ready"), "postrider", id, id, 1);
  }

  private Map<String, String> dead(String id) {
    return testProducer.entries("dead").stream()
        .filter(entry -> entry.get("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
