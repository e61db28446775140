package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtpserver.Received;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The transport that speaks through the client of quarkus-mailer keeps the same promises. */
@QuarkusTest
@TestProfile(VertxMailTransportTest.VertxMail.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VertxMailTransportTest {

  /** As fast, with the other transport and few connections. */
  public static class VertxMail extends FastWorkerProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> all = new HashMap<>(super.getConfigOverrides());
      all.put("postrider.transport", "quarkus-mailer");
      all.put("postrider.connections-per-route", "3");
      return all;
    }
  }

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
  void sends_each_recipient_the_whole_mail() {
    String id =
        testProducer.add(
            """
            {"from":"Jürgen <hi@acme.test>","to":["ana@vertx.test"],"cc":["bob@vertx.test"],
             "bcc":["eve@vertx.test"],"subject":"Grüße","text":"plain\\n.dot\\n","html":"<p>é</p>",
             "attachments":[{"filename":"ä.txt","content":"aGVsbG8="}]}
            """);
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals(3, sent.get("recipients").split("accepted", -1).length - 1);
    String first = text(sink.awaitTo("ana@vertx.test", 1, TestProducer.BOUND).get(0));
    String second = text(sink.awaitTo("eve@vertx.test", 1, TestProducer.BOUND).get(0));
    assertEquals(first, second);
    assertTrue(first.contains("Message-ID: <") && !first.contains("eve@vertx.test"));
  }

  @Test
  void sends_the_very_bytes_of_our_own_composer() throws InvalidMail {
    String json =
        TestProducer.mail(
            "ana@composed.test", "\"html\":\"<p>.é</p>\"", "\"headers\":{\"X-Own\":\"1\"}");
    String id = testProducer.add(json);
    Mail mail = new MailCodec(MailLimits.STANDARD).decode(json.getBytes(StandardCharsets.UTF_8));
    Instant date = Instant.ofEpochMilli(Long.parseLong(id.substring(0, id.indexOf('-'))));
    byte[] composed = new Composer().compose(mail, new Stamp(id, date));
    Received received = sink.awaitTo("ana@composed.test", 1, TestProducer.BOUND).get(0);
    assertEquals(new String(composed, StandardCharsets.UTF_8), text(received));
  }

  @Test
  void tries_again_only_for_those_who_are_left() {
    String id =
        testProducer.add(
            """
            {"from":"hi@acme.test","to":["once@left.test","450-rcpt-2x@left.test"],"text":"Hi"}
            """);
    Map<String, String> sent = testProducer.end(id);
    assertEquals("sent", sent.get("type"));
    assertEquals("3", sent.get("attempt"));
    assertEquals(1, sink.mailsTo("once@left.test").size());
    assertEquals(1, sink.mailsTo("450-rcpt-2x@left.test").size());
  }

  @Test
  void believes_a_refusal_for_good() {
    Map<String, String> dead = testProducer.end(testProducer.send("550-5.1.1-rcpt@vertx.test"));
    assertEquals("refused", dead.get("reason"));
    assertEquals("550", dead.get("code"));
    assertEquals("5.1.1", dead.get("enhanced"));
  }

  @Test
  void gives_up_after_the_last_attempt() {
    assertEquals(
        "exhausted", testProducer.end(testProducer.send("451-dot@vertx.test")).get("reason"));
  }

  @Test
  void takes_every_loss_for_unknown_and_sends_the_same_bytes_again() {
    String id = testProducer.send("drop-after-dot-1x@vertx.test");
    assertEquals("sent", testProducer.end(id).get("type"));
    List<Received> copies = sink.awaitTo("drop-after-dot-1x@vertx.test", 2, TestProducer.BOUND);
    assertEquals(text(copies.get(0)), text(copies.get(1)));
  }

  @Test
  void holds_what_asks_for_it() {
    String id = testProducer.send("drop-after-dot-1x@vertx-held.test", "\"on_unknown\":\"hold\"");
    assertEquals("held", testProducer.end(id).get("type"));
  }

  @Test
  void keeps_mail_of_a_server_that_refuses_our_password() {
    String id = testProducer.send("locked@vertx.test", "\"route\":\"locked\"");
    assertEquals("1", testProducer.await(id, "deferred").get("attempt"));
    testProducer.redis().command("HINCRBY", "mail:guards", "mail/" + id, 1);
    assertEquals("cancelled", testProducer.end(id).get("reason"));
  }

  @Test
  void sends_never_more_at_once_than_there_are_connections() {
    List<String> mails =
        IntStream.range(0, 100)
            .mapToObj(i -> TestProducer.mail("slow-dot-20ms+" + i + "@pool.test"))
            .toList();
    long before = sink.counters().connections();
    testProducer.addAll(mails);
    for (int i = 0; i < 100; i++) {
      sink.awaitTo("slow-dot-20ms+" + i + "@pool.test", 1, TestProducer.BOUND);
    }
    testProducer.awaitIdle();
    assertTrue(
        sink.counters().connections() - before <= 6, "two loops with three connections each");
  }

  private static String text(Received mail) {
    return new String(mail.message(), StandardCharsets.UTF_8);
  }
}
