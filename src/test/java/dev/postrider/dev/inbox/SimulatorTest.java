package dev.postrider.dev.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtpserver.SmtpReceiver;
import dev.postrider.support.PlainSocket;
import io.vertx.core.Vertx;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SimulatorTest {

  private final Vertx vertx = Vertx.vertx();
  private final Inbox inbox = new Inbox(new ConcurrentSkipListMap<>());
  private PlainSocket client;

  @BeforeEach
  void connect() throws Exception {
    SmtpReceiver server = new SmtpReceiver(vertx, 1_000, new Simulator(vertx, inbox));
    server
        .listen("127.0.0.1", 0)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
    client = PlainSocket.greeted(server.port());
    client.ask("EHLO me.test");
    client.ask("MAIL FROM:<a@x.test>");
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void refuses_and_defers_recipients_with_these_names() {
    assertTrue(client.ask("RCPT TO:<refuse@simulator.test>").startsWith("550 5.1.1 "));
    assertTrue(client.ask("RCPT TO:<Defer@Simulator.test>").startsWith("450 4.2.1 "));
    assertTrue(client.ask("RCPT TO:<slow@simulator.test>").startsWith("250 "));
    assertTrue(client.ask("RCPT TO:<refuse@elsewhere.test>").startsWith("250 "));
  }

  @Test
  void replies_to_slow_mail_after_three_seconds() {
    client.ask("RCPT TO:<slow@simulator.test>");
    client.ask("DATA");
    long before = System.nanoTime();
    assertEquals("250 2.0.0 Ok: queued as 1", client.ask("x\r\n."));
    assertTrue(System.nanoTime() - before >= Simulator.DELAY.minusMillis(100).toNanos());
    assertEquals(1, inbox.lastNumber());
  }

  @Test
  void replies_to_other_mail_at_once() {
    client.ask("RCPT TO:<ana@example.test>");
    client.ask("DATA");
    long before = System.nanoTime();
    assertEquals("250 2.0.0 Ok: queued as 1", client.ask("x\r\n."));
    assertTrue(System.nanoTime() - before < Simulator.DELAY.toNanos());
  }
}
