package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.SendResult.Unknown;
import dev.postrider.support.Certificates;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import dev.postrider.support.smtpserver.Extension;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content of every kind arrives as it left, by both ways to send it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContentWriterTest {

  private static final int[] SIZES = {
    1,
    2,
    3,
    ContentWriter.SLICE_SIZE - 1,
    ContentWriter.SLICE_SIZE,
    ContentWriter.SLICE_SIZE + 1,
    2 * ContentWriter.SLICE_SIZE,
    3_000_000
  };

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void arrives_as_it_left_whatever_its_size(boolean chunking) {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      for (int size : SIZES) {
        arrives(sink, sender, text(size, size));
      }
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void arrives_as_it_left_however_dotted_it_is(boolean chunking) {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      for (String message :
          List.of(
              ".\r\n", "..\r\n", ".\r\n.\r\n", "a\r\n.\r\nb\r\n", "\r\n.\r\n", ".a\r\n..b\r\n")) {
        arrives(sink, sender, message);
      }
      arrives(sink, sender, ".\r\n".repeat(ContentWriter.SLICE_SIZE));
      sink.assertWireClean();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void gets_the_line_end_that_it_lacks(boolean chunking) {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      for (String message : List.of("", "x", "x\r\n\r\nlast line", "x\r\n.")) {
        assertInstanceOf(Accepted.class, sender.send(message, Sender.OPEN, "ana@x.test"));
        assertEquals(message + "\r\n", new String(last(sink)));
      }
      sink.assertWireClean();
    }
  }

  @Test
  void arrives_as_it_left_over_tls() {
    try (Certificates certificates = new Certificates();
        Sink sink =
            Sink.start(new SinkOptions().server(server -> server.startTls(certificates.good())));
        Sender sender =
            Sender.to(
                Sender.server(sink)
                    .withTls(Tls.STARTTLS_REQUIRED, TestServer.trusting(certificates.trust())))) {
      for (int size : SIZES) {
        arrives(sink, sender, text(size, size));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_gate_that_closes_while_a_large_mail_leaves_stops_it(boolean chunking) {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      AtomicInteger asked = new AtomicInteger();
      FinalDotGate finalDotGate = () -> asked.incrementAndGet() < 1;
      NotSent notSent =
          assertInstanceOf(
              NotSent.class, sender.send(text(2_000_000, 7), finalDotGate, "ana@x.test"));
      assertEquals(Phase.DATA, notSent.phase());
      assertEquals(1, asked.get());
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(1, sink.mails().size());
    }
  }

  /** A gate that records the intent first; the test decides when that is done. */
  private static final class RecordingGate implements FinalDotGate {

    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final Promise<Void> recorded = Promise.promise();
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public boolean isOpen() {
      opened.incrementAndGet();
      return true;
    }

    @Override
    public boolean needsIntent() {
      return true;
    }

    @Override
    public Future<Void> recordIntent() {
      asked.complete(null);
      return recorded.future();
    }

    void awaitAsked() throws Exception {
      asked.get(10, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothing_of_a_small_mail_leaves_until_the_intent_is_recorded(boolean chunking)
      throws Exception {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "bob@x.test");
      RecordingGate gate = new RecordingGate();
      Future<SendResult> offer = sender.offer(Sender.MESSAGE, gate, "ana@x.test");
      gate.awaitAsked();
      assertEquals(0, gate.opened.get());
      assertEquals(1, sink.mails().size());
      sender.on(() -> gate.recorded.tryComplete());
      assertInstanceOf(Accepted.class, Sender.join(offer));
      assertEquals(1, gate.opened.get());
      assertEquals(2, sink.mails().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_record_that_fails_closes_the_gate(boolean chunking) throws Exception {
    try (Sink sink = sink(chunking);
        Sender sender = Sender.to(sink)) {
      RecordingGate gate = new RecordingGate();
      Future<SendResult> offer = sender.offer(text(2_000_000, 7), gate, "ana@x.test");
      gate.awaitAsked();
      sender.on(() -> gate.recorded.tryFail("Redis is away"));
      NotSent notSent = assertInstanceOf(NotSent.class, Sender.join(offer));
      assertEquals(Phase.DATA, notSent.phase());
      assertEquals(0, gate.opened.get());
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(1, sink.mails().size());
    }
  }

  /** The connection breaks during the record; a record that comes too late moves nothing. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_record_that_comes_too_late_lets_nothing_leave(boolean chunking) throws Exception {
    try (Sink sink = sink(chunking);
        Sender sender =
            Sender.to(Sender.server(sink).withTimeouts(Timeouts.all(Duration.ofMillis(600))))) {
      RecordingGate gate = new RecordingGate();
      Future<SendResult> offer = sender.offer(Sender.MESSAGE, gate, "ana@x.test");
      gate.awaitAsked();
      assertInstanceOf(NotSent.class, Sender.join(offer));
      sender.on(() -> gate.recorded.tryComplete());
      sender.send(Accepted.class, "bob@x.test");
      assertEquals(0, gate.opened.get());
      assertEquals(1, sink.mails().size());
    }
  }

  @Test
  void nothing_is_recorded_for_a_mail_that_the_server_refuses() {
    try (Sink sink = sink(true);
        Sender sender = Sender.to(sink)) {
      sender.send(Accepted.class, "bob@x.test");
      RecordingGate gate = new RecordingGate();
      assertInstanceOf(
          SendResult.Refused.class, sender.send(Sender.MESSAGE, gate, "550-rcpt@x.test"));
      assertFalse(gate.asked.isDone());
    }
  }

  @Test
  void a_gate_that_throws_is_closed() {
    try (Sink sink = sink(true);
        Sender sender = Sender.to(sink)) {
      FinalDotGate finalDotGate =
          () -> {
            throw new IllegalStateException("lease unknown");
          };
      assertInstanceOf(NotSent.class, sender.send(Sender.MESSAGE, finalDotGate, "ana@x.test"));
      assertEquals(0, sink.mails().size());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_that_stops_reading_a_large_mail_surely_does_not_have_it(boolean chunking) {
    TestServer server;
    try (Sink sink = sink(chunking)) {
      server = Sender.server(sink).withTimeouts(Timeouts.all(Duration.ofMillis(600)));
      try (Sender sender = Sender.to(server)) {
        SendResult met = sender.send(text(16_000_000, 3), Sender.OPEN, "blackhole-in-data@x.test");
        assertInstanceOf(NotSent.class, met);
        assertEquals(0, sink.mails().size());
      }
    }
  }

  /** The socket holds the end of the content; once given up it must not come out of it. */
  @Test
  void nothing_is_sent_after_a_mail_was_given_up() throws Exception {
    try (ServerSocket server = new ServerSocket()) {
      server.setReceiveBufferSize(4_096);
      server.bind(new InetSocketAddress("127.0.0.1", 0));
      CompletableFuture<Socket> accepted = CompletableFuture.supplyAsync(() -> upToData(server));
      TestServer slow =
          Sender.server(server.getLocalPort()).withTimeouts(Timeouts.all(Duration.ofMillis(600)));
      try (Sender sender = Sender.to(slow)) {
        String message = text(ContentWriter.SLICE_SIZE, 5);
        assertInstanceOf(Unknown.class, sender.send(message, Sender.OPEN, "ana@x.test"));
        try (Socket socket = accepted.get(10, TimeUnit.SECONDS)) {
          assertThrows(IOException.class, () -> socket.getInputStream().readAllBytes());
        }
      }
    }
  }

  private static Socket upToData(ServerSocket server) {
    try {
      Socket socket = server.accept();
      OutputStream out = socket.getOutputStream();
      out.write("220 slow\r\n".getBytes(StandardCharsets.US_ASCII));
      for (String reply : List.of("250 Ok", "250 Ok", "250 Ok", "354 Go on")) {
        for (int read = 0; read != '\n'; ) {
          read = socket.getInputStream().read();
        }
        out.write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void arrives(Sink sink, Sender sender, String message) {
    assertInstanceOf(Accepted.class, sender.send(message, Sender.OPEN, "ana@x.test"));
    assertArrayEquals(message.getBytes(StandardCharsets.US_ASCII), last(sink));
  }

  private static byte[] last(Sink sink) {
    return sink.mails().get(sink.mails().size() - 1).message();
  }

  /** Lines of random length and letters, some dots among them, exactly this long with its CRLF. */
  private static String text(int size, long seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(size + 100);
    while (text.length() < size - 2) {
      for (int i = random.nextInt(90); i > 0; i--) {
        text.append(random.nextInt(8) == 0 ? '.' : (char) ('a' + random.nextInt(26)));
      }
      text.append("\r\n");
    }
    text.setLength(Math.max(0, size - 2));
    while (text.length() > 0 && "\r\n".indexOf(text.charAt(text.length() - 1)) >= 0) {
      text.setLength(text.length() - 1);
    }
    return text.append("x".repeat(Math.max(0, size - 2 - text.length()))).append("\r\n").toString();
  }

  private static Sink sink(boolean chunking) {
    return Sink.start(
        new SinkOptions()
            .server(server -> server.without(chunking ? new Extension[0] : without())));
  }

  private static Extension[] without() {
    return new Extension[] {Extension.CHUNKING};
  }
}
