package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtpserver.Received;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** From XADD to the server and to the events, one mail at a time. */
@QuarkusTest
@TestProfile(FastWorkerProfile.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DeliveryTest {

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
  void sends_a_mail_and_tells_so_in_every_field_of_the_contract() {
    String id =
        testProducer.send(
            "fields@example.test", "\"tags\":{\"kind\":\"hello\"}", "\"metadata\":{\"n\":\"7\"}");
    Received mail = sink.awaitTo("fields@example.test", 1, TestProducer.BOUND).get(0);
    Map<String, String> sent = testProducer.await(id, "sent");
    assertEquals(
        Set.of(
            "type",
            "id",
            "at",
            "attempt",
            "route",
            "phase",
            "code",
            "enhanced",
            "reply",
            "took_ms",
            "tags",
            "metadata"),
        sent.keySet());
    assertEquals("1", sent.get("attempt"));
    assertEquals("default", sent.get("route"));
    assertEquals("done", sent.get("phase"));
    assertEquals("250", sent.get("code"));
    assertEquals("{\"kind\":\"hello\"}", sent.get("tags"));
    assertEquals("{\"n\":\"7\"}", sent.get("metadata"));
    assertTrue(Math.abs(Long.parseLong(sent.get("at")) - mail.receivedAt().toEpochMilli()) < 5_000);
    assertEquals("hi@acme.test", mail.sender());
  }

  @Test
  void leaves_nothing_in_the_stream_once_a_mail_is_sent() {
    String id = testProducer.send("gone@example.test");
    testProducer.await(id, "sent");
    assertEquals(
        List.of(), testProducer.redis().command("XRANGE", testProducer.key("ready"), id, id));
    assertEquals(
        List.of(),
        testProducer
            .redis()
            .command("XPENDING", testProducer.key("ready"), "postrider", id, id, 1));
  }

  @Test
  void carries_text_html_and_attachments() {
    testProducer.add(
        """
        {"from":"hi@acme.test","to":["parts@example.test"],"subject":"Parts","text":"plain words",
         "html":"<p>rich words</p>","attachments":[{"filename":"a.txt","content":"aGVsbG8="}]}
        """);
    String message = text(sink.awaitTo("parts@example.test", 1, TestProducer.BOUND).get(0));
    assertTrue(message.contains("plain words"));
    assertTrue(message.contains("<p>rich words</p>"));
    assertTrue(message.contains("a.txt"));
    assertTrue(message.contains("aGVsbG8="));
  }

  @Test
  void tells_what_became_of_each_recipient_by_its_place() {
    String id =
        testProducer.add(
            """
            {"from":"hi@acme.test","to":["ana@places.test"],"cc":["550-rcpt@places.test"],
             "bcc":["eve@places.test"],"text":"Hi"}
            """);
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    Received mail = sink.awaitTo("ana@places.test", 1, TestProducer.BOUND).get(0);
    assertEquals(List.of("ana@places.test", "eve@places.test"), mail.recipients());
    String recipients = sent.get("recipients");
    assertTrue(recipients.startsWith("[{\"recipient\":0,\"outcome\":\"accepted\",\"code\":250"));
    assertTrue(recipients.contains("{\"recipient\":1,\"outcome\":\"refused\",\"code\":550"));
    assertTrue(recipients.contains("{\"recipient\":2,\"outcome\":\"accepted\",\"code\":250"));
    assertFalse(sent.toString().contains("@"), "no address in an event");
    assertFalse(text(mail).contains("eve@places.test"), "no bcc in the mail");
  }

  @Test
  void sends_no_recipient_a_second_copy_when_only_some_were_put_off() {
    String id =
        testProducer.add(
            """
            {"from":"hi@acme.test","to":["once@copies.test","450-rcpt-1x@copies.test"],"text":"Hi"}
            """);
    assertEquals("sent", testProducer.end(id).get("type"));
    assertEquals(1, sink.mailsTo("once@copies.test").size());
    assertEquals(1, sink.mailsTo("450-rcpt-1x@copies.test").size());
    assertEquals("transient", testProducer.events(id).get(0).get("reason"));
    assertEquals("450", testProducer.events(id).get(0).get("code"));
  }

  @Test
  void tries_again_after_a_refusal_for_now_and_counts() {
    String id = testProducer.send("450-rcpt-2x@again.test");
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("3", sent.get("attempt"));
    List<Map<String, String>> deferred = testProducer.events(id).subList(0, 2);
    assertEquals(List.of("1", "2"), deferred.stream().map(e -> e.get("attempt")).toList());
    for (Map<String, String> event : deferred) {
      assertEquals("deferred", event.get("type"));
      assertEquals("transient", event.get("reason"));
      assertEquals("450", event.get("code"));
      assertTrue(Long.parseLong(event.get("due")) >= Long.parseLong(event.get("at")));
    }
  }

  @Test
  void sends_the_very_same_bytes_on_each_attempt() {
    testProducer.send("drop-after-dot-1x@bytes.test", "\"html\":\"<p>It works.</p>\"");
    List<Received> copies = sink.awaitTo("drop-after-dot-1x@bytes.test", 2, TestProducer.BOUND);
    assertEquals(text(copies.get(0)), text(copies.get(1)));
    assertTrue(text(copies.get(0)).contains("Message-ID: <"));
    assertTrue(text(copies.get(0)).contains("Date: "));
  }

  @Test
  void gives_up_after_the_last_attempt_and_keeps_the_bytes() {
    String id = testProducer.send("451-4.7.1-dot@exhausted.test", "\"id\":\"exhausted-1\"");
    Map<String, String> dead = testProducer.end("exhausted-1");
    assertEquals("dead", dead.get("type"));
    assertEquals("exhausted", dead.get("reason"));
    assertEquals("4", dead.get("attempt"));
    assertEquals("451", dead.get("code"));
    Map<String, String> entry = dead("exhausted-1");
    assertEquals("451 4.7.1 As the address asked", entry.get("reply"));
    assertTrue(entry.get("mail").contains("451-4.7.1-dot@exhausted.test"));
    assertTrue(entry.get("progress").contains("\"origin\":\"" + id + "\""));
    assertTrue(entry.get("progress").contains("\"attempts\":4"));
  }

  @Test
  void keeps_in_mind_who_has_a_mail_that_was_given_up() {
    testProducer.add(
        """
        {"from":"hi@acme.test","to":["has@given-up.test","450-rcpt@given-up.test"],"text":"Hi",
         "id":"given-up-1"}
        """);
    assertEquals("exhausted", testProducer.end("given-up-1").get("reason"));
    assertEquals(1, sink.mailsTo("has@given-up.test").size());
    assertTrue(dead("given-up-1").get("progress").contains("\"accepted\":[0]"));
  }

  @Test
  void believes_a_refusal_for_good_at_once() {
    testProducer.send("550-5.1.1-rcpt@refused.test", "\"id\":\"refused-1\"");
    Map<String, String> dead = testProducer.end("refused-1");
    assertEquals("dead", dead.get("type"));
    assertEquals("refused", dead.get("reason"));
    assertEquals("1", dead.get("attempt"));
    assertEquals("5.1.1", dead.get("enhanced"));
  }

  @Test
  void believes_a_sender_refused_for_good_though_pipelined_recipients_get_503() {
    testProducer.send(
        "ana@sender.test", "\"id\":\"sender-1\"", "\"envelope_sender\":\"550-mail@acme.test\"");
    Map<String, String> dead = testProducer.end("sender-1");
    assertEquals("refused", dead.get("reason"));
    assertEquals("550", dead.get("code"));
  }

  @Test
  void sends_again_when_the_answer_to_the_final_dot_was_lost() {
    String id = testProducer.send("drop-after-dot-1x@lost.test");
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("2", sent.get("attempt"));
    // On a busy machine the lease may run out meanwhile: then it is put off before the dot,
    // uncounted.
    List<Map<String, String>> lost =
        testProducer.events(id).stream()
            .filter(event -> event.get("type").equals("deferred"))
            .filter(event -> event.get("phase").equals("dot"))
            .toList();
    assertEquals(List.of("connection"), lost.stream().map(event -> event.get("reason")).toList());
    assertEquals(2, sink.mailsTo("drop-after-dot-1x@lost.test").size());
  }

  @Test
  void holds_a_mail_of_unknown_fate_if_it_asks_for_that() {
    testProducer.send(
        "drop-after-dot-1x@held.test", "\"id\":\"held-1\"", "\"on_unknown\":\"hold\"");
    Map<String, String> held = testProducer.end("held-1");
    assertEquals("held", held.get("type"));
    assertEquals("unknown", held.get("reason"));
    assertEquals(1, sink.mailsTo("drop-after-dot-1x@held.test").size());
    assertTrue(
        testProducer.entries("held").stream()
            .anyMatch(e -> e.get("id").equals("held-1") && e.get("mail").contains("held.test")));
  }

  private Map<String, String> dead(String id) {
    return testProducer.entries("dead").stream()
        .filter(entry -> entry.get("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static String text(Received mail) {
    return new String(mail.message(), StandardCharsets.UTF_8);
  }
}
