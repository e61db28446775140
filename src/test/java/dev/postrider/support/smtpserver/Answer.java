package dev.postrider.support.smtpserver;

import java.time.Duration;

/** What the server does at one point of a dialogue: reply, wait, stay silent or close. */
public sealed interface Answer {

  /**
   * Whether the server accepts the command or mail. A server may accept a mail and never reply:
   * that is the gap of RFC 1047.
   */
  boolean accepts();

  /** The reply code; 0 without a reply. */
  default int code() {
    return 0;
  }

  /** Replies with these lines; the last CRLF is added. */
  static Answer say(String lines) {
    return new Say(lines + "\r\n", Say.Then.GO_ON);
  }

  /** Replies with these lines and closes the connection. */
  static Answer sayAndClose(String lines) {
    return new Say(lines + "\r\n", Say.Then.CLOSE);
  }

  /** Sends exactly this text, well-formed or not. */
  static Answer raw(String text) {
    return new Say(text, Say.Then.GO_ON);
  }

  /** Sends exactly this text and then nothing more. */
  static Answer rawThenSilence(String text) {
    return new Say(text, Say.Then.SILENCE);
  }

  /** Waits, then does {@code then}. Input that comes in meanwhile is not read. */
  static Answer later(Duration delay, Answer then) {
    return new Later(delay, then);
  }

  /** Reads on without a reply; the usual answer while content comes in. */
  static Answer nothing() {
    return Nothing.INSTANCE;
  }

  /** Accepts the command or mail and then sends nothing more. */
  static Answer silence() {
    return new Silence();
  }

  /** Closes the connection without a reply (FIN). */
  static Answer drop() {
    return new Hangup(false, false);
  }

  /** Accepts the mail and closes the connection without a reply. */
  static Answer acceptAndDrop() {
    return new Hangup(false, true);
  }

  /** Resets the connection (RST). */
  static Answer reset() {
    return new Hangup(true, false);
  }

  /** Accepts the mail and resets the connection. */
  static Answer acceptAndReset() {
    return new Hangup(true, true);
  }

  /** Text to send. */
  record Say(String text, Then then) implements Answer {

    /** What follows the text. */
    public enum Then {
      GO_ON,
      CLOSE,
      SILENCE
    }

    @Override
    public boolean accepts() {
      return text.startsWith("2");
    }

    @Override
    public int code() {
      boolean coded = text.length() > 3 && text.chars().limit(3).allMatch(Character::isDigit);
      return coded ? Integer.parseInt(text, 0, 3, 10) : 0;
    }
  }

  /** A later answer. */
  record Later(Duration delay, Answer then) implements Answer {

    @Override
    public boolean accepts() {
      return then.accepts();
    }

    @Override
    public int code() {
      return then.code();
    }
  }

  /** No answer is due. */
  enum Nothing implements Answer {
    INSTANCE;

    @Override
    public boolean accepts() {
      return true;
    }
  }

  /** The connection stays open, the server sends nothing. */
  record Silence() implements Answer {

    @Override
    public boolean accepts() {
      return true;
    }
  }

  /** The end of the connection. */
  record Hangup(boolean reset, boolean accepts) implements Answer {}
}
