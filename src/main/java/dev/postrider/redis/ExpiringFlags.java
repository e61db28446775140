package dev.postrider.redis;

import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;

/** Redis keys without a value that expire. */
public final class ExpiringFlags {

  private final Link link;

  public ExpiringFlags(Link link) {
    this.link = link;
  }

  /**
   * @param time until the key expires, at least 1 ms
   */
  @CheckReturnValue
  public Uni<Void> set(String key, Duration time) {
    Request set = Request.cmd(Command.SET).arg(key).arg("1").arg("PX").arg(time.toMillis());
    return link.send(set).replaceWithVoid();
  }

  @CheckReturnValue
  public Uni<Boolean> isSet(String key) {
    return link.send(Request.cmd(Command.EXISTS).arg(key)).map(Response::toBoolean);
  }
}
