package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.smtp.SendResult.NotSent;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A host with several addresses, other addresses than before, or none. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AddressesTest {

  private static final PoolLimits SHORT_PAUSES =
      TestServer.backoff(PoolLimits.of(1), Duration.ofMillis(1), Duration.ofMillis(1));

  private final AtomicLong clock = new AtomicLong();

  @Test
  void the_next_address_is_used_where_the_first_one_refuses() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, List.of("127.0.0.2", "::1", "127.0.0.3", "127.0.0.1"))) {
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(1, sink.counters().connections());
    }
  }

  @Test
  void the_cause_names_every_address_if_none_answers() {
    try (Sink sink = Sink.start();
        Sender sender = sender(sink, List.of("127.0.0.2", "127.0.0.3"))) {
      String cause = sender.send(NotSent.class, "ana@x.test").cause();
      assertTrue(cause.contains("127.0.0.2") && cause.contains("127.0.0.3"), cause);
    }
  }

  /** The accept queue of the first is full: the kernel drops the SYN, as a firewall would. */
  @Test
  void an_address_that_does_not_answer_costs_a_quarter_of_a_second() throws IOException {
    List<Socket> queued = new ArrayList<>();
    try (Sink sink = Sink.start();
        ServerSocket full = new ServerSocket(sink.port(), 1, InetAddress.getByName("127.0.0.2"))) {
      HandshakeTest.fill(full, queued);
      try (Sender sender = sender(sink, List.of("127.0.0.2", "127.0.0.1"))) {
        sender.send(Accepted.class, "ana@x.test");
      }
    } finally {
      for (Socket socket : queued) {
        socket.close();
      }
    }
  }

  @Test
  void ipv6_is_used_as_well() throws IOException {
    try (ServerSocket ipv6 = new ServerSocket()) {
      try {
        ipv6.bind(new InetSocketAddress("::1", 0));
      } catch (IOException e) {
        Assumptions.abort("this machine has no IPv6");
      }
    }
    try (Sink sink = Sink.start(new SinkOptions().server(server -> server.host("::1")));
        Sender sender = sender(sink, List.of("127.0.0.2", "::1"))) {
      sender.send(Accepted.class, "ana@x.test");
    }
  }

  @Test
  void the_time_to_connect_holds_for_the_look_up_and_all_addresses_together() {
    Promise<List<InetAddress>> never = Promise.promise();
    TestServer server = Sender.server(1).withTimeouts(Timeouts.all(Duration.ofMillis(200)));
    try (Sender sender = Sender.to(server, DeadlineTimer.CLOCK, host -> never.future())) {
      String cause = sender.send(NotSent.class, "ana@x.test").cause();
      assertTrue(cause.contains("no answer within 200 ms"), cause);
    }
  }

  @Test
  void each_new_connection_asks_for_the_addresses_again() {
    AtomicInteger asked = new AtomicInteger();
    AddressLookup moving =
        host -> found(List.of(asked.incrementAndGet() == 1 ? "127.0.0.2" : "127.0.0.1"));
    try (Sink sink = Sink.start();
        Sender sender =
            Sender.to(Sender.server(sink).withLimits(SHORT_PAUSES), clock::get, moving)) {
      sender.send(NotSent.class, "ana@x.test");
      clock.addAndGet(10);
      sender.send(Accepted.class, "ana@x.test");
      assertEquals(2, asked.get());
    }
  }

  @Test
  void a_host_that_does_not_exist_needs_an_operator_after_half_a_minute() {
    TestServer server = Sender.server(1).withLimits(SHORT_PAUSES);
    AtomicInteger asked = new AtomicInteger();
    AddressLookup missing = host -> Future.failedFuture(new HostNotFound("mail.test"));
    AddressLookup found = host -> found(List.of("127.0.0.2"));
    try (Sender sender =
        Sender.to(
            server,
            clock::get,
            host -> (asked.incrementAndGet() == 4 ? found : missing).addresses(host))) {
      NotSent first = sender.send(NotSent.class, "ana@x.test");
      assertFalse(first.needsOperator());
      assertTrue(first.cause().contains("the host mail.test does not exist"), first.cause());
      clock.set(ConnectFailures.MISSING_MAX.toMillis() - 1);
      assertFalse(sender.send(NotSent.class, "ana@x.test").needsOperator());
      clock.set(ConnectFailures.MISSING_MAX.toMillis() + 100);
      NotSent late = sender.send(NotSent.class, "ana@x.test");
      assertTrue(late.needsOperator());
      assertTrue(late.cause().contains("correct the host of the route"), late.cause());
      clock.addAndGet(100);
      assertFalse(sender.send(NotSent.class, "ana@x.test").needsOperator()); // it exists again
      clock.addAndGet(100);
      assertFalse(sender.send(NotSent.class, "ana@x.test").needsOperator());
    }
  }

  @Test
  void a_dns_that_does_not_answer_is_no_missing_host() {
    AddressLookup broken =
        host ->
            Future.failedFuture(
                new UnknownHostException("mail.test: Temporary failure in name resolution"));
    TestServer server = Sender.server(1).withLimits(SHORT_PAUSES);
    try (Sender sender = Sender.to(server, clock::get, broken)) {
      sender.send(NotSent.class, "ana@x.test");
      clock.set(Duration.ofHours(1).toMillis());
      NotSent notSent = sender.send(NotSent.class, "ana@x.test");
      assertFalse(notSent.needsOperator());
      assertTrue(notSent.cause().contains("Temporary failure"), notSent.cause());
    }
  }

  private Sender sender(Sink sink, List<String> addresses) {
    return Sender.to(
        Sender.server(sink).withLimits(SHORT_PAUSES),
        DeadlineTimer.CLOCK,
        host -> found(addresses));
  }

  private static Future<List<InetAddress>> found(List<String> addresses) {
    List<InetAddress> found = new ArrayList<>();
    for (String address : addresses) {
      try {
        found.add(
            InetAddress.getByAddress("mail.test", InetAddress.getByName(address).getAddress()));
      } catch (UnknownHostException e) {
        return Future.failedFuture(e);
      }
    }
    return Future.succeededFuture(found);
  }
}
