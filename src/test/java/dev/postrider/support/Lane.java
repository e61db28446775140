package dev.postrider.support;

/** The two directions of a proxied connection. */
public enum Lane {
  /** From the client to the server. */
  UP,
  /** From the server to the client. */
  DOWN
}
