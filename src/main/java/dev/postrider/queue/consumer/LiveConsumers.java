package dev.postrider.queue.consumer;

import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** Who works on a queue now: consumers whose lease holds. Those that are gone are not shown. */
public final class LiveConsumers {

  /** Names on the list of a queue's consumers, at most; a heartbeat empties a longer one. */
  public static final int LISTED_MAX = 10_000;

  private final Link link;
  private final String prefix;
  private final ConsumerInfoCodec codec = new ConsumerInfoCodec();

  /**
   * @param prefix of every key
   */
  public LiveConsumers(Link link, String prefix) {
    this.link = link;
    this.prefix = prefix;
  }

  /** The living consumers of a queue. */
  @CheckReturnValue
  public Uni<List<ConsumerInfo>> of(String queue) {
    Keys keys = new Keys(prefix, queue);
    return link.send(Request.cmd(Command.SMEMBERS).arg(keys.consumers()))
        .map(LiveConsumers::names)
        .chain(names -> withLease(keys, names));
  }

  private static List<String> names(Response members) {
    List<String> names = new ArrayList<>();
    members.forEach(member -> names.add(member.toString()));
    names.sort(String::compareTo);
    return names;
  }

  private Uni<List<ConsumerInfo>> withLease(Keys keys, List<String> names) {
    if (names.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    Request leases = Request.cmd(Command.MGET);
    names.forEach(name -> leases.arg(keys.lease(name)));
    return link.send(leases).map(values -> decode(names, values));
  }

  private List<ConsumerInfo> decode(List<String> names, Response values) {
    List<ConsumerInfo> present = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (values.get(i) != null) {
        present.add(codec.decode(names.get(i), values.get(i).toString()));
      }
    }
    return present;
  }
}
