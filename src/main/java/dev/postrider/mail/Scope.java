package dev.postrider.mail;

/** What a reply concerns, and so which other mail it tells something about. */
public enum Scope {
  /** All mail of the route: its account, its limits, its connections. */
  ROUTE,
  /** Mail of this author by this route. */
  SENDER,
  /** Mail to this recipient's domain by this route. */
  DOMAIN,
  /** Mail to this recipient. */
  ADDRESS,
  /** This mail only. */
  MAIL
}
