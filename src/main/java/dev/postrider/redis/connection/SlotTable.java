package dev.postrider.redis.connection;

import io.vertx.redis.client.Response;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Maps each slot of a cluster to its server, {@code host:port}, as far as it is known. */
final class SlotTable {

  static final int SLOTS = 16_384;

  private String[] owners = new String[SLOTS];

  /**
   * Replaces all slots by a reply to CLUSTER SLOTS; a malformed one throws and changes nothing.
   *
   * @param asked the server that replied; its host is used for a server without a known host
   */
  void update(Response ranges, String asked) {
    String[] read = new String[SLOTS];
    for (Response range : ranges) {
      Response master = range.get(2);
      String host = master.get(0) == null ? "" : master.get(0).toString();
      String owner = address(host, master.get(1).toInteger(), asked);
      Arrays.fill(read, range.get(0).toInteger(), range.get(1).toInteger() + 1, owner);
    }
    owners = read;
  }

  /** Applies one redirection. */
  void update(int slot, String owner) {
    owners[slot] = owner;
  }

  /** Null if the owner is not known. */
  String owner(int slot) {
    return owners[slot];
  }

  /** All servers with at least one slot. */
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
