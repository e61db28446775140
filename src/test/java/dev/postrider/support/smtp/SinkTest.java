package dev.postrider.support.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import dev.postrider.support.WireCheck;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SinkTest {

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final Sink SINK = Sink.start();

  @AfterAll
  static void stop() {
    SINK.close();
  }

  @Test
  void takes_any_other_mail() {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", "ana@x.test");
    assertTrue(client.ask("DATA").startsWith("354"));
    assertTrue(client.ask("x\r\n.").startsWith("250"));
    assertEquals(1, SINK.awaitTo("ana@x.test", 1, BOUND).size());
  }

  @ParameterizedTest
  @CsvSource({
    "450-rcpt@x.test,     450 4.2.0",
    "550-rcpt+17@x.test,  550 5.1.1",
    "550-5.7.26@x.test,   550 5.7.26",
    "wrong-code@x.test,   354",
    "garbage@x.test,      This is no reply",
    "many-lines@x.test,   250-Line",
    "slow-rcpt-20ms@x.t,  250 2.1.5",
    "421-rcpt@x.test,     421 4.2.0"
  })
  void answers_the_recipient_as_its_address_asks(String address, String reply) {
    PlainSocket client = client(SINK);
    client.ask("MAIL FROM:<a@x.test>");
    assertTrue(client.ask("RCPT TO:<" + address + ">").startsWith(reply));
  }

  @ParameterizedTest
  @CsvSource({"452-dot@x.test, 452", "550-dot@x.test, 550", "554-dot@x.test, 554"})
  void refuses_the_content_as_its_address_asks(String address, String code) {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", address);
    client.ask("DATA");
    assertTrue(client.ask("x\r\n.").startsWith(code));
    offer(client, "a@x.test", address);
    client.write("BDAT 3 LAST\r\nx\r\n");
    assertTrue(client.reply().startsWith(code));
    assertEquals(0, SINK.mailsTo(address).size());
  }

  @Test
  void refuses_data_before_the_content_or_the_chunk_after_it() {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", "554-data@x.test");
    assertTrue(client.ask("DATA").startsWith("554"));
    client.ask("RSET");
    offer(client, "a@x.test", "554-data@x.test");
    assertTrue(client.ask("BDAT 3 LAST\r\nx\r").startsWith("554"));
  }

  @Test
  void refuses_a_sender_as_its_address_asks() {
    assertTrue(client(SINK).ask("MAIL FROM:<451-mail@x.test>").startsWith("451 4.1.8"));
  }

  @Test
  void accepts_after_as_many_refusals_as_the_address_asks() {
    PlainSocket client = client(SINK);
    client.ask("MAIL FROM:<a@x.test>");
    assertTrue(client.ask("RCPT TO:<450-rcpt-2x@x.test>").startsWith("450"));
    assertTrue(client.ask("RCPT TO:<450-rcpt-2x@x.test>").startsWith("450"));
    assertTrue(client.ask("RCPT TO:<450-rcpt-2x@x.test>").startsWith("250"));
  }

  @ParameterizedTest
  @CsvSource({"drop-after-dot@x.test, 1", "drop-dot@x.test, 0"})
  void drops_after_the_dot_with_or_without_the_mail(String address, int taken) {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", address);
    client.ask("DATA");
    client.write("x\r\n.\r\n");
    assertEquals(-1, client.nextByte());
    assertEquals(taken, SINK.mailsTo(address).size());
  }

  @Test
  void is_slow_to_read_the_content_and_then_takes_it() {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", "slow-in-data-20ms@x.test");
    client.ask("DATA");
    assertTrue(client.ask("x\r\n.").startsWith("250"));
    assertEquals(1, SINK.mailsTo("slow-in-data-20ms@x.test").size());
  }

  @Test
  void drops_while_the_content_comes() {
    PlainSocket client = client(SINK);
    offer(client, "a@x.test", "drop-in-data@x.test");
    client.ask("DATA");
    client.write("first line\r\n");
    assertEquals(-1, client.nextByte());
  }

  @Test
  void resets_the_connection() {
    PlainSocket client = client(SINK);
    client.ask("MAIL FROM:<a@x.test>");
    client.write("RCPT TO:<rst@x.test>\r\n");
    assertThrows(UncheckedIOException.class, client::nextByte);
  }

  @ParameterizedTest
  @ValueSource(strings = {"blackhole@x.test", "unterminated@x.test"})
  void never_ends_its_reply(String address) throws Exception {
    PlainSocket client = client(SINK);
    client.ask("MAIL FROM:<a@x.test>");
    client.socket().setSoTimeout(200);
    client.write("RCPT TO:<" + address + ">\r\nNOOP\r\n");
    assertThrows(UncheckedIOException.class, client::reply);
  }

  @Test
  void closes_refuses_or_says_nothing_instead_of_a_greeting() throws Exception {
    try (Sink drops = Sink.start(new SinkOptions().dropsBeforeGreeting());
        Sink refuses = Sink.start(new SinkOptions().refusesConnections());
        Sink mute = Sink.start(new SinkOptions().neverGreets())) {
      assertEquals(-1, PlainSocket.connect(drops.port()).nextByte());
      assertTrue(PlainSocket.connect(refuses.port()).reply().startsWith("554"));
      PlainSocket client = PlainSocket.connect(mute.port());
      client.socket().setSoTimeout(200);
      assertThrows(UncheckedIOException.class, client::nextByte);
    }
  }

  @Test
  void knows_only_helo_if_told_so() {
    try (Sink sink = Sink.start(new SinkOptions().knowsOnlyHelo())) {
      PlainSocket client = PlainSocket.greeted(sink.port());
      assertTrue(client.ask("EHLO me").startsWith("500"));
      assertEquals("250 localhost", client.ask("HELO me"));
      offer(client, "a@x.test", "b@x.test");
    }
  }

  @Test
  void lets_many_connections_wait_for_the_reply_to_the_dot_at_once() {
    int connections = 500;
    Duration delay = Duration.ofMillis(400);
    try (Sink sink = Sink.start(new SinkOptions().delayPerMail(delay))) {
      List<PlainSocket> clients = Stream.generate(() -> client(sink)).limit(connections).toList();
      clients.forEach(client -> offer(client, "a@x.test", "b@x.test"));
      long before = System.nanoTime();
      clients.forEach(client -> client.write("BDAT 3 LAST\r\nx\r\n"));
      clients.forEach(client -> assertTrue(client.reply().startsWith("250")));
      long millis = (System.nanoTime() - before) / 1_000_000;
      assertTrue(millis >= delay.toMillis(), "each waits: " + millis);
      assertTrue(millis < delay.toMillis() * connections / 10, "they wait together: " + millis);
      assertEquals(connections, sink.counters().open());
      clients.forEach(PlainSocket::close);
    }
  }

  @Test
  void finds_a_mail_that_is_not_clean_on_the_wire() {
    try (Sink sink = Sink.start()) {
      PlainSocket client = client(sink);
      offer(client, "a@x.test", "b@x.test");
      client.ask("DATA");
      client.ask("clean\r\n..too\r\n.");
      sink.assertWireClean();
      offer(client, "a@x.test", "b@x.test");
      client.ask("DATA");
      client.ask("not\nclean\r\n.");
      assertThrows(AssertionError.class, sink::assertWireClean);
      assertThrows(AssertionError.class, () -> WireCheck.assertClean(sink.mails().get(1)));
    }
  }

  private static PlainSocket client(Sink sink) {
    PlainSocket client = PlainSocket.greeted(sink.port());
    client.ask("EHLO me.test");
    return client;
  }

  private static void offer(PlainSocket client, String sender, String recipient) {
    assertEquals("250 2.1.0 Ok", client.ask("MAIL FROM:<" + sender + ">"));
    assertEquals("250 2.1.5 Ok", client.ask("RCPT TO:<" + recipient + ">"));
  }
}
