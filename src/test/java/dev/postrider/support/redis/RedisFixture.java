package dev.postrider.support.redis;

import dev.postrider.redis.connection.Link;
import dev.postrider.support.Loop;
import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Redis for one test class, empty before each test, with a connection to look into it and,
 * where a class asks for it, a {@link Loop} that leads to it. Register it in a static field: it
 * lives from before the first test until after the last, and is empty before the class's own {@code
 * BeforeEach} methods run.
 */
public final class RedisFixture implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private RedisProcess server;
  private RedisClient client;
  private Loop loop;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = opened(RedisProcess.start());
    client = opened(server.client());
  }

  /** Takes back the memory limit as well: a test may have left Redis full. */
  @Override
  public void beforeEach(ExtensionContext context) {
    command("CONFIG", "SET", "maxmemory", "0");
    command("FLUSHALL");
  }

  /** Closes what was opened, the last first; a start that failed half-way leaves nothing either. */
  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** The port at 127.0.0.1. */
  public int port() {
    return server.port();
  }

  /** Address in the form of {@code quarkus.redis.hosts}. */
  public String url() {
    return server.url();
  }

  /** The connection of {@link #command}. */
  public RedisClient client() {
    return client;
  }

  /** Sends a command and returns the reply, as {@link RedisClient#command} does. */
  public Object command(Object... words) {
    return client.command(words);
  }

  /** A {@link #command} whose reply is a number. */
  public long number(Object... words) {
    return client.number(words);
  }

  /** The event loop; it starts when it is first asked for. */
  public Loop loop() {
    if (loop == null) {
      loop = opened(Loop.at(server.port()));
    }
    return loop;
  }

  /** The link that lives on the loop. */
  public Link link() {
    return loop().link();
  }

  /** Subscribes on the loop and waits for the item; throws what it fails with. */
  public <T> T await(Supplier<Uni<T>> what) {
    return loop().await(what);
  }
}
