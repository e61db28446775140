package dev.postrider.redis.connection;

import io.vertx.redis.client.impl.types.ErrorType;

/**
 * Where a server of a cluster sends a command: {@code MOVED 3999 127.0.0.1:6381}.
 *
 * @param slot of the command's keys
 * @param owner {@code host:port} of the server to ask
 */
record Redirection(int slot, String owner) {

  /**
   * Reads it.
   *
   * @param asked the server that said so
   */
  static Redirection parse(ErrorType reply, String asked) {
    String[] words = reply.getMessage().split(" ");
    int colon = words[2].lastIndexOf(':');
    int port = Integer.parseInt(words[2].substring(colon + 1));
    String owner = SlotTable.address(words[2].substring(0, colon), port, asked);
    return new Redirection(Integer.parseInt(words[1]), owner);
  }
}
