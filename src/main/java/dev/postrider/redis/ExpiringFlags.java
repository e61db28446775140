package dev.postrider.redis;

import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** Keys that say nothing but that they are there, and go by themselves. */
public final class ExpiringFlags {

  private final Link link;

  public ExpiringFlags(Link link) {
    this.link = link;
  }

  /**
   * Fails if Redis does not note it.
   *
   * @param time how long it stands, at least 1 ms
   */
  @CheckReturnValue
  public Uni<Void> set(String key, Duration time) {
    Request set = Request.cmd(Command.SET).arg(key).arg("1").arg("PX").arg(time.toMillis());
    return link.send(set).replaceWithVoid();
  }

  /** Fails if Redis does not tell. */
  @CheckReturnValue
  public Uni<Boolean> isSet(String key) {
    return link.send(Request.cmd(Command.EXISTS).arg(key)).map(Response::toBoolean);
  }
}
