package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.postrider.smtp.MemoryServer.Fault;
import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies too early, too late and too many: none is taken for that of another command. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplyOrderTest {

  private static final List<String> BDAT = List.of("PIPELINING", "CHUNKING");
  private static final int MAILS = 20;

  private final List<String> received = new ArrayList<>();

  /** A reply behind another one, before the command that it would answer. */
  @ParameterizedTest
  @CsvSource({
    "0, 220 memory.test,  CONNECTING, GREETING",
    "1, 250 memory.test,  MAIL,       GREETING",
    "2, 250 Ok,           RCPT,       ENVELOPE",
    "3, 250 Ok,           DATA,       DATA",
    "4, 354 Go on,        dot,        DATA"
  })
  void an_early_reply_ends_the_connection_and_the_mail_is_not_sent(
      int reply, String proper, String before, Phase phase) {
    for (String early : List.of("250 Ok\r\n", "250", "354 Go on\r\n", "550 no\r\n", "\r\n")) {
      received.clear();
      byte[] bytes = (proper + "\r\n" + early).getBytes(StandardCharsets.US_ASCII);
      Fault fault = new Fault(reply, bytes, bytes.length, Fault.Then.SILENCE);
      MemoryNetwork network = network(List.of(), number -> number == 1 ? fault : Fault.NONE);
      Future<SendResult> mail = offer(network, 0);
      network.advance(Duration.ofMinutes(2).toMillis());
      NotSent result = assertInstanceOf(NotSent.class, mail.result(), before + ": " + early);
      assertEquals(phase, result.phase());
      assertEquals(List.of(), received);
      network.advance(Duration.ofMinutes(1).toMillis());
      assertInstanceOf(Accepted.class, offer(network, 1).result());
      assertEquals(2, network.connections());
    }
  }

  /** RFC 5321 §3.8: a server that goes may say so at any time. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void a_421_behind_a_reply_is_read_as_what_it_is(int reply) {
    byte[] bytes =
        ((reply == 4 ? "354 Go on" : "250 Ok") + "\r\n421 4.3.2 Going\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    Fault fault = new Fault(reply, bytes, bytes.length, Fault.Then.CLOSE);
    MemoryNetwork network = network(List.of(), number -> number == 1 ? fault : Fault.NONE);
    SendResult.Refused result =
        assertInstanceOf(SendResult.Refused.class, offer(network, 0).result());
    assertEquals(421, result.reply().code());
    assertEquals(List.of(), received);
  }

  /** As a server that handles one command after the other. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 20})
  void a_second_reply_to_a_content_is_never_taken_for_another_one(int lateMillis) {
    for (boolean together : new boolean[] {true, false}) {
      received.clear();
      MemoryNetwork network =
          new MemoryNetwork(
              server(), number -> new Repeating(good(BDAT), "250 2.0.0 Again\r\n", lateMillis));
      sendsEachOnce(network, together, lateMillis);
      assertEquals(MAILS, network.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 5, 20})
  void replies_to_a_content_that_is_read_as_commands_are_never_taken_for_others(int lateMillis) {
    String noise = "500 5.5.2 What?\r\n".repeat(4) + "250 2.0.0 Ok\r\n".repeat(2);
    MemoryNetwork network =
        new MemoryNetwork(server(), number -> new Repeating(good(BDAT), noise, lateMillis));
    sendsEachOnce(network, true, lateMillis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "421 4.4.2 Bye\r\n"})
  void a_server_that_closes_after_each_mail_gets_each_mail_once(String last) {
    for (List<String> extensions : List.of(BDAT, List.of("PIPELINING"), List.<String>of())) {
      for (int lateMillis : new int[] {0, 5}) {
        received.clear();
        MemoryNetwork network =
            new MemoryNetwork(server(), number -> new Closing(good(extensions), last, lateMillis));
        sendsEachOnce(network, true, lateMillis);
      }
    }
  }

  private void sendsEachOnce(MemoryNetwork network, boolean together, int lateMillis) {
    List<Future<SendResult>> mails = new ArrayList<>();
    for (int mail = 0; mail < MAILS; mail++) {
      mails.add(offer(network, mail));
      if (!together) {
        network.advance(lateMillis);
      }
    }
    for (int step = 0; step < 3 * MAILS; step++) {
      network.advance(Math.max(1, lateMillis));
    }
    mails.forEach(mail -> assertInstanceOf(Accepted.class, mail.result()));
    assertEquals(IntStream.range(0, MAILS).mapToObj(ReplyOrderTest::recipient).toList(), received);
    assertEquals(0, network.errors());
  }

  private MemoryServer good(List<String> extensions) {
    return new MemoryServer(extensions, Fault.NONE, received);
  }

  private MemoryNetwork network(List<String> extensions, IntFunction<Fault> faults) {
    return new MemoryNetwork(
        server(), number -> new MemoryServer(extensions, faults.apply(number), received));
  }

  private static SmtpServer server() {
    return Sender.server(25).withTimeouts(Timeouts.rfc5321()).server();
  }

  private static Future<SendResult> offer(MemoryNetwork network, int mail) {
    Envelope envelope = new Envelope("a@client.test", List.of(recipient(mail)), false);
    Buffer message = Buffer.buffer(Sender.MESSAGE);
    Future<SendResult> result = network.pool().send(envelope, message, Sender.OPEN, Sender.VALID);
    network.run();
    return result;
  }

  private static String recipient(int mail) {
    return "mail" + mail + "@x.test";
  }

  /** Says more after each content, some time later, and reads nothing meanwhile. */
  private class Repeating implements MemoryNetwork.Peer {

    private final MemoryServer server;
    private final byte[] more;
    private final int lateMillis;
    private final Deque<Buffer> unread = new ArrayDeque<>();
    private boolean waiting;

    Repeating(MemoryServer server, String more, int lateMillis) {
      this.server = server;
      this.more = more.getBytes(StandardCharsets.US_ASCII);
      this.lateMillis = lateMillis;
    }

    @Override
    public void opened(MemoryNetwork.Line line) {
      server.opened(line);
    }

    @Override
    public void received(MemoryNetwork.Line line, Buffer bytes) {
      if (waiting) {
        unread.add(bytes);
        return;
      }
      int before = received.size();
      server.received(line, bytes);
      if (received.size() > before) {
        waiting = true;
        line.later(lateMillis, () -> goOn(line));
      }
    }

    void goOn(MemoryNetwork.Line line) {
      waiting = false;
      line.send(more);
      while (!waiting && !unread.isEmpty()) {
        received(line, unread.poll());
      }
    }
  }

  /** Closes after each content, some time later. */
  private final class Closing extends Repeating {

    Closing(MemoryServer server, String last, int lateMillis) {
      super(server, last, lateMillis);
    }

    @Override
    void goOn(MemoryNetwork.Line line) {
      line.send(super.more);
      line.close();
    }
  }
}
