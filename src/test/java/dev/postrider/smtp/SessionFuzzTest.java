package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postrider.smtp.MemoryServer.Fault;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import dev.postrider.support.Seeds;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: whatever a server says instead of one of its replies, every mail has a result within the
 * timers, a mail that is told as not sent was not sent, and the pool can send the next one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionFuzzTest {

  private static final int CHANGES = 2_000;
  private static final int MAILS = 3;
  private static final String LARGE = "x\r\n".repeat(ContentWriter.SLICE_SIZE / 3);
  private static final int HEAD = 4;
  private static final int REPEAT = 0xFE;
  private static final int REPEATED_MAX = 70_000;

  /** More replies than three mails need. */
  private static final int REPLIES = 24;

  /** How the mails go. */
  enum Way {
    STEP_BY_STEP(false),
    DATA(false, "PIPELINING"),
    BDAT(false, "PIPELINING", "CHUNKING"),
    STEPS_AND_BDAT(false, "CHUNKING"),
    LARGE_BY_DATA(true, "PIPELINING"),
    LARGE_BY_BDAT(true, "PIPELINING", "CHUNKING"),
    LOGIN(false, "PIPELINING", "CHUNKING", "STARTTLS", "AUTH PLAIN LOGIN");

    private final boolean large;
    private final List<String> extensions;

    Way(boolean large, String... extensions) {
      this.large = large;
      this.extensions = List.of(extensions);
    }

    private SmtpServer server() {
      TestServer server = Sender.server(25).withTimeouts(Timeouts.rfc5321());
      return this == LOGIN
          ? server
              .withTls(Tls.STARTTLS_REQUIRED, TestServer.SYSTEM_TRUST)
              .withLogin(CredentialsSource.fixed(Credentials.password("user", "secret")))
              .server()
          : server.server();
    }
  }

  /** The first bytes say where; 0xFE, a count in two bytes and a byte stand for many bytes. */
  @FuzzTest
  void ends(byte[] input) {
    if (input.length < HEAD) {
      return;
    }
    Way way = Way.values()[(input[0] & 0xFF) % Way.values().length];
    Fault.Then then = Fault.Then.values()[(input[3] & 0xFF) % Fault.Then.values().length];
    byte[] bytes = unfolded(Arrays.copyOfRange(input, HEAD, input.length));
    int piece = 1 + (input[2] & 0xFF) * (bytes.length < 1_000 ? 1 : 64);
    check(way, new Fault((input[1] & 0xFF) % REPLIES, bytes, piece, then));
  }

  private static byte[] unfolded(byte[] folded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < folded.length; at++) {
      if ((folded[at] & 0xFF) == REPEAT && at + 3 < folded.length) {
        int count = (folded[at + 1] & 0xFF) << 8 | folded[at + 2] & 0xFF;
        byte[] many =
            new byte[Math.min(count, REPEATED_MAX - Math.min(REPEATED_MAX, bytes.size()))];
        Arrays.fill(many, folded[at + 3]);
        bytes.writeBytes(many);
        at += 3;
      } else {
        bytes.write(folded[at]);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void ends_with_changed_seeds() {
    Seeds.of(getClass(), "ends").changed(CHANGES).forEach(this::ends);
  }

  /** Each reply of each way, replaced by each text of the list. */
  @ParameterizedTest
  @EnumSource
  void ends_at_every_reply(Way way) {
    for (int at = 0; at < REPLIES; at++) {
      for (String text : texts().filter(text -> !way.large || text.length() < 10).toList()) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        check(way, new Fault(at, bytes, bytes.length + 1, Fault.Then.values()[at % 4]));
      }
    }
  }

  /**
   * Lines around each bound of the reader and each growth of its buffer, with what follows them.
   */
  @ParameterizedTest
  @EnumSource(names = {"STEP_BY_STEP", "BDAT", "LOGIN"})
  void ends_at_every_length(Way way) {
    for (int bound : new int[] {256, 512, 1_024, 2_048, 4_096, 8_192, 65_536}) {
      for (int length = bound - 2; length <= bound + 2; length++) {
        for (String end : List.of("\r\n", "\n", "\r\n\r\n250 x\r\n", "")) {
          for (String start : List.of("250-", "250 ", "")) {
            String line = start + "x".repeat(length - start.length() - 2) + end;
            check(way, new Fault(length % 8, bytes(line), 70_000, Fault.Then.REPLY_TOO));
          }
        }
      }
    }
  }

  @Test
  void ends_at_every_split() {
    String text = "250-one\r\n250-two\r\n25\0 three\r\n\r\n250 x\r\n";
    for (Way way : List.of(Way.STEP_BY_STEP, Way.DATA, Way.BDAT, Way.LOGIN)) {
      for (int at = 0; at < REPLIES / 2; at++) {
        for (int piece = 1; piece <= text.length(); piece++) {
          check(way, new Fault(at, bytes(text), piece, Fault.Then.SILENCE));
        }
      }
    }
  }

  private static Stream<String> texts() {
    Stream<String> codes =
        IntStream.of(
                0, 99, 100, 199, 200, 211, 220, 235, 250, 251, 252, 299, 300, 334, 353, 354, 355,
                399, 400, 421, 450, 452, 499, 500, 503, 530, 535, 550, 552, 554, 599, 600, 999)
            .mapToObj(code -> "%03d text\r\n".formatted(code));
    Stream<String> others =
        Stream.of(
            "",
            "\r\n",
            "\n",
            "\r",
            "\0",
            "2",
            "25",
            "250",
            "250\r",
            "250\n",
            "250\r\n",
            "250-\r\n",
            "250-x\r\n",
            "250_x\r\n",
            "2500 x\r\n",
            " 250 x\r\n",
            "-250 x\r\n",
            "hello\r\n",
            "250-a\r\n251 b\r\n",
            "250-a\r\nb\r\n",
            "250-a\r\n250\r\n",
            "250 a\r250 b\r\n",
            "250 \u00ff\u00fe\r\n",
            "250 a\0b\r\n",
            "250 a\r\n250 b\r\n",
            "250 a\r\n250 b",
            "354 a\r\n250 b\r\n",
            "354 a\r\n2",
            "354 a\r\n421 b\r\n",
            "250 a\r\n421 b\r\n",
            "421-a\r\n421 b\r\n",
            "550 a\r\n550 b\r\n550 c\r\n550 d\r\n550 e\r\n",
            "250-x\r\n".repeat(127) + "250 x\r\n",
            "250-x\r\n".repeat(128) + "250 x\r\n",
            "250-x\r\n".repeat(129),
            "250 x\r\n".repeat(200));
    return Stream.concat(codes, others);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void check(Way way, Fault fault) {
    List<String> received = new ArrayList<>();
    MemoryNetwork network =
        new MemoryNetwork(
            way.server(),
            number -> new MemoryServer(way.extensions, number == 1 ? fault : Fault.NONE, received));
    List<Future<SendResult>> offers =
        IntStream.range(0, MAILS).mapToObj(mail -> offer(network, way, mail)).toList();
    network.run();
    for (int step = 0; step < 3; step++) { // of the greeting, of the mails, of the pool
      network.advance(Duration.ofMinutes(10).toMillis());
    }
    for (int mail = 0; mail < MAILS; mail++) {
      assertTrue(offers.get(mail).isComplete(), () -> "no result: " + way + " " + told(fault));
      check(offers.get(mail).result(), received.contains(recipient(mail)), way, fault);
    }
    Future<SendResult> next = offer(network, way, MAILS);
    network.run();
    assertInstanceOf(Accepted.class, next.result(), () -> way + " " + told(fault));
    assertEquals(0, network.errors(), () -> way + " " + told(fault));
    PoolState state = network.pool().state();
    assertEquals(0, state.busy() + state.waiting() + state.connecting(), state::toString);
  }

  private static void check(SendResult result, boolean received, Way way, Fault fault) {
    if (result instanceof Accepted) {
      assertTrue(received, () -> "accepted before its content: " + way + " " + told(fault));
    } else if (result instanceof NotSent && !isClosing(fault)) {
      assertTrue(!received, () -> "not sent, but received: " + result + way + told(fault));
    }
  }

  /** With a 421 a server says that it takes nothing more, whatever it had before. */
  private static boolean isClosing(Fault fault) {
    return new String(fault.bytes(), StandardCharsets.ISO_8859_1).contains("421");
  }

  private static Future<SendResult> offer(MemoryNetwork network, Way way, int mail) {
    String message = Sender.MESSAGE + (way.large && mail == 0 ? LARGE : "");
    Envelope envelope = new Envelope("a@client.test", List.of(recipient(mail)), false);
    return network.pool().send(envelope, Buffer.buffer(message), Sender.OPEN, Sender.VALID);
  }

  private static String recipient(int mail) {
    return "mail" + mail + "@x.test";
  }

  private static String told(Fault fault) {
    String text = new String(fault.bytes(), StandardCharsets.ISO_8859_1);
    String start = text.substring(0, Math.min(100, text.length()));
    return "reply %d, pieces of %d, then %s, %d bytes: %s"
        .formatted(fault.at(), fault.piece(), fault.then(), text.length(), start);
  }
}
