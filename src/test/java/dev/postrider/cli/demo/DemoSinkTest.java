package dev.postrider.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The SMTP server of the demo counts exactly, or a demo proves nothing. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DemoSinkTest {

  private static final String MAIL =
      "MAIL FROM:<a@b.test>\r\nRCPT TO:<demo-%d@example.invalid>\r\nDATA\r\n";

  private static Vertx vertx;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void counts_each_mail_once_and_notices_what_comes_twice() throws Exception {
    DemoSink sink = sink(Duration.ZERO);
    sink.expect(2);
    assertEquals(
        List.of("250 2.1.0 Ok", "250 2.1.5 Ok", "354 End with <CRLF>.<CRLF>", "250 2.0.0 Ok"),
        converse(sink, MAIL.formatted(0) + "Subject: x\r\n\r\n..dots\r\n.\r\n", 4));
    converse(sink, MAIL.formatted(1) + "x\r\n.\r\n", 4);
    assertEquals(2, sink.distinct());
    assertEquals(0, sink.surplus());
    converse(sink, MAIL.formatted(1) + "x\r\n.\r\n", 4);
    converse(sink, MAIL.formatted(7) + "x\r\n.\r\n", 4);
    assertEquals(2, sink.distinct());
    assertEquals(2, sink.surplus());
  }

  @Test
  void takes_many_mails_that_come_in_one_piece() throws Exception {
    DemoSink sink = sink(Duration.ZERO);
    sink.expect(50);
    StringBuilder all = new StringBuilder();
    for (int number = 0; number < 50; number++) {
      all.append(MAIL.formatted(number)).append("one\r\n.two\r\n\r\n.\r\n");
    }
    converse(sink, all.toString(), 200);
    assertEquals(50, sink.distinct());
  }

  @Test
  void finds_the_final_dot_after_a_doubled_CR() throws Exception {
    DemoSink sink = sink(Duration.ZERO);
    sink.expect(1);
    converse(sink, MAIL.formatted(0) + "x\r\r\n.\r\n", 4);
    assertEquals(1, sink.distinct());
  }

  @Test
  void replies_after_the_delay() throws Exception {
    DemoSink sink = sink(Duration.ofMillis(300));
    sink.expect(1);
    long before = System.nanoTime();
    converse(sink, MAIL.formatted(0) + "x\r\n.\r\n", 4);
    assertTrue(System.nanoTime() - before >= Duration.ofMillis(290).toNanos());
  }

  private static DemoSink sink(Duration delay) throws Exception {
    DemoSink sink = new DemoSink(vertx, delay);
    sink.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return sink;
  }

  /** What it answers after its greeting. */
  private static List<String> converse(DemoSink sink, String said, int replies) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", sink.port())) {
      socket.setSoTimeout(20_000);
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertEquals("220 localhost ESMTP", reader.readLine());
      socket.getOutputStream().write("HELO me.test\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals("250 localhost", reader.readLine());
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < replies; i++) {
        lines.add(reader.readLine());
      }
      return lines;
    }
  }
}
