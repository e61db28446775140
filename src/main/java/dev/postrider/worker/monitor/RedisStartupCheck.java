package dev.postrider.worker.monitor;

import dev.postrider.redis.connection.Link;
import dev.postrider.redis.health.ServerInfo;
import dev.postrider.redis.health.ServerInfoReader;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jboss.logging.Logger;

/**
 * Looks at Redis before any mail is read: one that is too old or would throw mail away ends the
 * worker, with one line that says why; one that is fit is introduced by what it can lose.
 */
public final class RedisStartupCheck {

  private static final Logger LOG = Logger.getLogger(RedisStartupCheck.class);

  private static final int FAILED = 1;

  private final String address;
  private final IntConsumer exit;
  private final AtomicBoolean met = new AtomicBoolean();

  /**
   * @param address of Redis, for people
   * @param exit ends the process with a status
   */
  public RedisStartupCheck(String address, IntConsumer exit) {
    this.address = address;
    this.exit = exit;
  }

  /**
   * Emits when Redis is fit; fails if it does not answer, or if the worker must not work with it.
   */
  @CheckReturnValue
  public Uni<Void> check(Link link) {
    return new ServerInfoReader(link).read().invoke(this::evaluate).replaceWithVoid();
  }

  private void evaluate(ServerInfo facts) {
    facts.rejection().ifPresent(this::refuse);
    if (met.compareAndSet(false, true)) {
      logDurability(facts);
    }
  }

  private void refuse(String reason) {
    if (met.compareAndSet(false, true)) {
      LOG.errorf("%s (Redis at %s.)", reason, address);
      exit.accept(FAILED);
    }
    throw new IllegalStateException(reason);
  }

  private void logDurability(ServerInfo facts) {
    LOG.infof(
        "Redis %s at %s, durability %s: %s. Replicas: %d.",
        facts.version(),
        address,
        facts.durability().level(),
        facts.durability().risk(),
        facts.replication().replicas());
    facts.warnings().forEach(doubt -> LOG.warnf("Redis at %s: %s", address, doubt));
  }
}
