package dev.postrider.redis.connection;

import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Which server of a cluster owns which slot, as far as is known: {@code host:port} for each. */
final class SlotTable {

  private static final int SLOTS = 16_384;

  private final String[] owners = new String[SLOTS];

  /**
   * Takes over a whole reply of CLUSTER SLOTS.
   *
   * @param asked the server that replied: its host stands in where a server does not know its own
   */
  void update(Response ranges, String asked) {
    Arrays.fill(owners, null);
    for (Response range : ranges) {
      Response master = range.get(2);
      String host = master.get(0) == null ? "" : master.get(0).toString();
      String owner = address(host, master.get(1).toInteger(), asked);
      Arrays.fill(owners, range.get(0).toInteger(), range.get(1).toInteger() + 1, owner);
    }
  }

  /** Takes over one redirection. */
  void update(int slot, String owner) {
    owners[slot] = owner;
  }

  /** Null if nobody is known to own it. */
  String owner(int slot) {
    return owners[slot];
  }

  /** All that own something. */
  Set<String> owners() {
    return Arrays.stream(owners).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  static String address(String host, int port, String asked) {
    String known = host.isEmpty() || host.equals("?") ? hostOf(asked) : host;
    boolean bare = known.indexOf(':') >= 0 && !known.startsWith("[");
    return (bare ? "[" + known + "]" : known) + ":" + port;
  }

  private static String hostOf(String address) {
    return address.substring(0, address.lastIndexOf(':'));
  }
}
