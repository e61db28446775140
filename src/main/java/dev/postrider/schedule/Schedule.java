package dev.postrider.schedule;

import dev.postrider.redis.Keys;
import dev.postrider.redis.Script;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Response;

/**
 * The waiting mail of one queue. A mail that is due moves to the ready stream in one script, so it
 * is always in exactly one of the two places.
 */
public final class Schedule {

  private static final Script PROMOTE = Script.named("promote");

  /** Most mails one call moves: Redis serves no other client meanwhile. */
  static final int BATCH_MAX = 100;

  /** Most bytes one call moves, for the same reason; one mail more may go beyond it. */
  private static final int BYTES_MAX = 1024 * 1024;

  private final Keys keys;

  public Schedule(Keys keys) {
    this.keys = keys;
  }

  /**
   * What one call did.
   *
   * @param moved mails that were due
   * @param nextDue time of the next one in ms by Redis's clock, or -1
   * @param now in ms by Redis's clock
   */
  public record Promotion(int moved, long nextDue, long now) {

    /** True if more is due already. */
    public boolean more() {
      return nextDue >= 0 && nextDue <= now;
    }
  }

  /** Moves due mail, at most {@value #BATCH_MAX}. Running twice is harmless. */
  @CheckReturnValue
  public Uni<Promotion> promote(Link link) {
    return PROMOTE
        .on(keys.schedule(), keys.parked(), keys.ready())
        .arg(BATCH_MAX)
        .arg(BYTES_MAX)
        .run(link)
        .map(Schedule::parse);
  }

  private static Promotion parse(Response reply) {
    return new Promotion(reply.get(0).toInteger(), reply.get(1).toLong(), reply.get(2).toLong());
  }
}
