package dev.postrider.redis.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.handler.HandlerErrors;
import dev.postrider.redis.RedisUnavailable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command to a cluster has a result at once, whatever the servers reply. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClusterRepliesTest {

  private static final Vertx VERTX = Vertx.vertx();

  private final HandlerErrors errors = new HandlerErrors();

  @AfterAll
  static void stop() {
    VERTX.close();
  }

  @Test
  void each_command_fails_while_every_server_fails_at_once() {
    Connection cluster =
        cluster(request -> Future.failedFuture(new RedisUnavailable("gone", null)));
    for (int command = 0; command < 3; command++) {
      assertInstanceOf(RedisUnavailable.class, failure(cluster));
    }
    assertEquals(0, errors.counts().get("redis"));
  }

  @Test
  void a_connection_that_throws_fails_the_command_and_the_next_one_reads_the_slots_again() {
    Connection cluster =
        cluster(
            request -> {
              throw new IllegalStateException("planted");
            });
    Link link = new Link(VERTX, errors, opened -> cluster, (request, failure) -> {});
    for (int command = 0; command < 3; command++) {
      Throwable failure =
          link.send(Request.cmd(Command.GET).arg("key"))
              .onItemOrFailure()
              .transform((reply, cause) -> cause)
              .await()
              .atMost(Duration.ofSeconds(5));
      assertInstanceOf(RedisUnavailable.class, failure);
    }
    assertEquals(0, errors.counts().get("redis"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MOVED",
        "MOVED ",
        "MOVED 1",
        "MOVED 1 ",
        "MOVED x 127.0.0.1:7000",
        "MOVED 16384 127.0.0.1:7000",
        "MOVED 99999999999 127.0.0.1:7000",
        "MOVED -1 127.0.0.1:7000",
        "MOVED 1 127.0.0.1",
        "MOVED 1 127.0.0.1:",
        "MOVED 1 127.0.0.1:port",
        "ASK",
        "ASK 1 :",
        "ASK 16384 127.0.0.1:7000"
      })
  void a_malformed_redirection_fails_the_command_with_the_reply(String reply) {
    ErrorType error = ErrorType.create(reply);
    Connection cluster = cluster(request -> Future.failedFuture(error));
    assertEquals(Optional.empty(), Redirection.parse(error, "127.0.0.1:7000"));
    assertTrue(failure(cluster).getMessage().startsWith(reply.strip()), reply);
  }

  private static Throwable failure(Connection cluster) {
    Future<Response> reply = cluster.send(Request.cmd(Command.GET).arg("key"), Duration.ZERO);
    assertTrue(reply.failed(), "no result");
    return reply.cause();
  }

  private Connection cluster(Function<Request, Future<Response>> server) {
    return new ClusterConnection(
        VERTX, List.of("127.0.0.1:7000"), errors, address -> new Scripted(server));
  }

  /** A connection to a server that answers as told. */
  private record Scripted(Function<Request, Future<Response>> server) implements Connection {

    @Override
    public Future<Response> send(Request request, Duration blocking) {
      return server.apply(request);
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
