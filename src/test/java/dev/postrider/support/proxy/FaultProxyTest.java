package dev.postrider.support.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultProxyTest {

  private static final Duration BOUND = Duration.ofSeconds(10);
  private static final String MAIL =
      "EHLO me\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@y.test>\r\nDATA\r\n";

  private final Sink sink = Sink.start();
  private final FaultProxy proxy = FaultProxy.before(sink.port());

  @AfterEach
  void stop() {
    proxy.close();
    sink.close();
  }

  @Test
  void passes_everything_unchanged_and_closes_when_a_side_closes() {
    PlainSocket client = offer();
    assertTrue(client.ask("x".repeat(500) + "\r\n.").startsWith("250"));
    client.ask("QUIT");
    assertEquals(-1, client.nextByte());
    assertEquals(502, sink.await(1, BOUND).get(0).message().length);
  }

  @Test
  void loses_the_reply_to_a_mail_that_was_taken() {
    proxy.cutOnce(Cut.after(Direction.UP, "\r\n.\r\n"));
    PlainSocket client = offer();
    client.write("x\r\n.");
    client.write("\r\n");
    assertEquals(-1, client.nextByte());
    proxy.awaitCuts(1, BOUND);
    assertEquals(1, sink.await(1, BOUND).size());

    assertTrue(offer().ask("y\r\n.").startsWith("250"), "cut only once");
  }

  @Test
  void cuts_before_a_reply_with_a_reset() {
    proxy.cutOnce(Cut.before(Direction.DOWN, "250 2.0.0 Ok: queued").reset());
    PlainSocket client = offer();
    client.write("x\r\n.\r\n");
    assertThrows(UncheckedIOException.class, client::nextByte);
    assertEquals(1, sink.await(1, BOUND).size());
  }

  @Test
  void cuts_after_a_number_of_bytes() {
    proxy.cutOnce(Cut.afterBytes(Direction.DOWN, 13));
    PlainSocket client = PlainSocket.connect(proxy.port());
    assertEquals("220 localhost", read(client, 13));
    assertEquals(-1, client.nextByte());
    assertEquals(1, proxy.cuts());
  }

  @Test
  void finds_a_pattern_wherever_packets_begin() {
    byte[] bytes = "aabaabab".getBytes(StandardCharsets.US_ASCII);
    for (int cut = 0; cut <= 6; cut++) {
      CutFinder finder = new CutFinder(Cut.after(Direction.UP, "aabab"));
      assertTrue(finder.find(Arrays.copyOf(bytes, cut)).isEmpty());
      byte[] rest = Arrays.copyOfRange(bytes, cut, bytes.length);
      assertEquals(8 - cut, finder.find(rest).orElseThrow(), "packet ends at " + cut);
    }
  }

  @Test
  void delays_each_way_without_changing_the_order() {
    proxy.flow(Flow.delay(Duration.ofMillis(50)));
    long before = System.nanoTime();
    PlainSocket client = PlainSocket.greeted(proxy.port());
    client.write("NOOP\r\n");
    client.write("VRFY x\r\n");
    assertTrue(client.reply().startsWith("250"));
    assertTrue(client.reply().startsWith("252"));
    long millis = (System.nanoTime() - before) / 1_000_000;
    assertTrue(millis >= 150, "greeting, then there and back: " + millis);
  }

  @Test
  void throttles_to_a_rate() {
    PlainSocket client = offer();
    proxy.flow(Direction.UP, Flow.throttle(10_000));
    long before = System.nanoTime();
    assertTrue(client.ask("x".repeat(2_000) + "\r\n.").startsWith("250"));
    long millis = (System.nanoTime() - before) / 1_000_000;
    assertTrue(millis >= 190, "2,005 bytes at 10,000 a second: " + millis);
  }

  @Test
  void holds_what_comes_and_lets_it_go_later() throws Exception {
    PlainSocket client = PlainSocket.greeted(proxy.port());
    proxy.flow(Direction.DOWN, Flow.hold());
    client.socket().setSoTimeout(200);
    client.write("NOOP\r\n");
    assertThrows(UncheckedIOException.class, client::nextByte);
    client.socket().setSoTimeout(10_000);
    proxy.heal();
    assertEquals("250 2.0.0 Ok", client.reply());
  }

  @Test
  void swallows_one_way_only() throws Exception {
    PlainSocket client = offer();
    proxy.flow(Direction.DOWN, Flow.swallow());
    client.write("x\r\n.\r\n");
    assertEquals(1, sink.await(1, BOUND).size());
    client.socket().setSoTimeout(200);
    assertThrows(UncheckedIOException.class, client::nextByte);
  }

  @Test
  void kills_or_closes_every_connection_and_welcomes_new_ones() {
    PlainSocket killed = PlainSocket.greeted(proxy.port());
    proxy.killAll();
    assertThrows(UncheckedIOException.class, killed::nextByte);
    PlainSocket closed = PlainSocket.greeted(proxy.port());
    proxy.closeAll();
    assertEquals(-1, closed.nextByte());
    assertEquals("250 2.0.0 Ok", PlainSocket.greeted(proxy.port()).ask("NOOP"));
  }

  @Test
  void refuses_connections_while_it_is_shut() {
    int port = proxy.port();
    PlainSocket open = PlainSocket.greeted(port);
    proxy.shut();
    assertEquals(-1, open.nextByte());
    assertThrows(UncheckedIOException.class, () -> PlainSocket.connect(port));
    proxy.open();
    assertEquals(port, proxy.port());
    assertEquals("250 2.0.0 Ok", PlainSocket.greeted(port).ask("NOOP"));
  }

  @Test
  void stands_before_redis_as_well() {
    try (RedisProcess redis = RedisProcess.start();
        FaultProxy before = FaultProxy.before(redis.port());
        RedisClient client = RedisClient.connect(before.port())) {
      assertEquals("OK", client.command("SET", "k", "v"));
      before.cutOnce(Cut.after(Direction.UP, "DEL"));
      assertThrows(UncheckedIOException.class, () -> client.command("DEL", "k"));
      before.awaitCuts(1, BOUND);
    }
  }

  private PlainSocket offer() {
    PlainSocket client = PlainSocket.greeted(proxy.port());
    client.write(MAIL);
    client.reply();
    client.reply();
    client.reply();
    assertTrue(client.reply().startsWith("354"));
    return client;
  }

  private static String read(PlainSocket client, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append((char) client.nextByte());
    }
    return text.toString();
  }
}
