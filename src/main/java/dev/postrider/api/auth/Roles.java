package dev.postrider.api.auth;

/** What a token may do. */
public final class Roles {

  /** Everything. */
  public static final String ADMIN = "admin";

  /** Look, not touch. */
  public static final String VIEWER = "viewer";

  /** Enqueue and use guards. */
  public static final String PRODUCER = "producer";

  private Roles() {}
}
