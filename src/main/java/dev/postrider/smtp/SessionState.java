package dev.postrider.smtp;

/** Who owns an SMTP connection now. All allowed changes are listed here. */
enum SessionState {
  /** The handshake. */
  CONNECTING,
  /** The pool: ready for a mail. */
  IDLE,
  /**
   * The pool: ready for a mail; the last one was not accepted, so the next one starts with RSET.
   */
  IDLE_RESET,
  /** One mail. */
  BUSY,
  /** One mail; the envelope of the next one is written behind its content. */
  LOOKAHEAD,
  /** One mail, the last one: the connection cannot be used after it. */
  BUSY_LAST,
  /** The pool: QUIT is sent. */
  CLOSING,
  /** No owner: the connection has ended. */
  CLOSED;

  /** A connection can be lost at any time. */
  boolean mayBecome(SessionState next) {
    if (next == CLOSED) {
      return this != CLOSED;
    }
    return switch (this) {
      case CONNECTING -> next == IDLE;
      case IDLE, IDLE_RESET -> next == BUSY || next == CLOSING;
      case BUSY -> next == IDLE || next == IDLE_RESET || next == LOOKAHEAD || next == BUSY_LAST;
      case LOOKAHEAD -> next == BUSY || next == BUSY_LAST;
      case BUSY_LAST, CLOSING, CLOSED -> false;
    };
  }

  /**
   * @throws IllegalStateException if the change is not allowed: a bug
   */
  SessionState to(SessionState next) {
    if (!mayBecome(next)) {
      throw new IllegalStateException("An SMTP connection cannot go from " + this + " to " + next);
    }
    return next;
  }

  boolean isIdle() {
    return this == IDLE || this == IDLE_RESET;
  }
}
