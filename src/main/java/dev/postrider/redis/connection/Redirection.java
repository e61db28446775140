package dev.postrider.redis.connection;

/**
 * A redirection to another server of the cluster: {@code MOVED 3999 127.0.0.1:6381}.
 *
 * @param slot of the command's keys
 * @param owner {@code host:port} of the server to ask
 */
record Redirection(int slot, String owner) {

  /**
   * @param asked the server that sent it
   */
  static Redirection parse(Throwable reply, String asked) {
    String[] parts = reply.getMessage().split(" ");
    int colon = parts[2].lastIndexOf(':');
    int port = Integer.parseInt(parts[2].substring(colon + 1));
    String owner = SlotTable.address(parts[2].substring(0, colon), port, asked);
    return new Redirection(Integer.parseInt(parts[1]), owner);
  }
}
