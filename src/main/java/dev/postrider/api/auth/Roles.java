package dev.postrider.api.auth;

/** The roles of tokens. */
public final class Roles {

  /** Everything. */
  public static final String ADMIN = "admin";

  /** Read only. */
  public static final String VIEWER = "viewer";

  /** Enqueue and use guards. */
  public static final String PRODUCER = "producer";

  private Roles() {}
}
