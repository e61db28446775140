package dev.postrider.queue.admin;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/** Reads the last id of a ready stream: every later id is higher. */
public final class LastEntryId {

  private static final String NONE = "0-0";

  private final Link link;
  private final String key;

  /**
   * @param prefix of every key
   */
  public LastEntryId(Link link, String prefix, String queue) {
    this.link = link;
    this.key = new Keys(prefix, queue).ready();
  }

  /** The id; {@code 0-0} before the first mail, when there is no stream. */
  @CheckReturnValue
  public Uni<String> read() {
    return link.send(Request.cmd(Command.XINFO).arg("STREAM").arg(key))
        .map(LastEntryId::find)
        .onFailure(failure -> String.valueOf(failure.getMessage()).startsWith("ERR no such key"))
        .recoverWithItem(NONE);
  }

  private static String find(Response stream) {
    for (int i = 0; i + 1 < stream.size(); i += 2) {
      if (stream.get(i).toString().equals("last-generated-id")) {
        return stream.get(i + 1).toString();
      }
    }
    return NONE;
  }
}
