package dev.postrider.delivery;

/** What a failure says about whom, and so what to do about it. */
public enum ReplyClass {
  /** The server took it. */
  ACCEPTED,
  /** This mail, for now: 4xx, greylisting, mailbox busy. Uses up an attempt. */
  TRANSIENT,
  /** This mail, for good: no such mailbox, refused by policy, too large. */
  PERMANENT,
  /** The server as a whole cannot be reached or does not work. Uses up no attempt. */
  CONNECTION,
  /** The server asks for a slower pace. Uses up no attempt. */
  THROTTLED,
  /** The server does not accept our credentials. Somebody must act; uses up no attempt. */
  CONFIGURATION,
  /** Too many recipients in one go: those left over are sent next, at once. Uses up no attempt. */
  SPLIT,
  /** The final dot left and nobody knows whether the server has it. */
  UNKNOWN,
  /** It was no longer to be sent. */
  WITHDRAWN
}
