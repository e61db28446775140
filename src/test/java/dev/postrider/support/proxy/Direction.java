package dev.postrider.support.proxy;

/** The two directions of a proxied connection. */
public enum Direction {
  /** From the client to the server. */
  UP,
  /** From the server to the client. */
  DOWN
}
