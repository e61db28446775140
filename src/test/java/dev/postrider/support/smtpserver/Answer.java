package dev.postrider.support.smtpserver;

import java.time.Duration;

/** What the server does at one point of a dialogue: speak, wait, keep silent or hang up. */
public sealed interface Answer {

  /**
   * Whether the server takes what was offered. A server may take a mail and never say so: that is
   * the gap of RFC 1047.
   */
  boolean accepts();

  /** The reply code that will be said, or 0 if none will. */
  default int code() {
    return 0;
  }

  /** Says these lines; the closing CRLF is added. */
  static Answer say(String lines) {
    return new Say(lines + "\r\n", Say.Then.GO_ON);
  }

  /** Says these lines and closes the connection. */
  static Answer sayAndClose(String lines) {
    return new Say(lines + "\r\n", Say.Then.CLOSE);
  }

  /** Sends exactly this text, well-formed or not. */
  static Answer raw(String text) {
    return new Say(text, Say.Then.GO_ON);
  }

  /** Sends exactly this text and never another word. */
  static Answer rawThenSilence(String text) {
    return new Say(text, Say.Then.SILENCE);
  }

  /** Waits, then does {@code then}. Nothing that comes in meanwhile is looked at. */
  static Answer later(Duration delay, Answer then) {
    return new Later(delay, then);
  }

  /** Goes on reading without a word; the usual answer while content comes in. */
  static Answer nothing() {
    return Nothing.INSTANCE;
  }

  /** Takes what was offered and never says another word. */
  static Answer silence() {
    return new Silence();
  }

  /** Closes the connection without a word (FIN). */
  static Answer drop() {
    return new Hangup(false, false);
  }

  /** Takes the mail and closes the connection without a word. */
  static Answer takeAndDrop() {
    return new Hangup(false, true);
  }

  /** Resets the connection (RST). */
  static Answer reset() {
    return new Hangup(true, false);
  }

  /** Takes the mail and resets the connection. */
  static Answer takeAndReset() {
    return new Hangup(true, true);
  }

  /** Text for the wire. */
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

  /** The connection stays, the server is mute. */
  record Silence() implements Answer {

    @Override
    public boolean accepts() {
      return true;
    }
  }

  /** The end of the connection. */
  record Hangup(boolean reset, boolean accepts) implements Answer {}
}
