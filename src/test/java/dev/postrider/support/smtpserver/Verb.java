package dev.postrider.support.smtpserver;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The points of a dialogue at which a {@link AnswerScript} is asked. */
public enum Verb {
  /** The connection was just made; the answer is the greeting. */
  CONNECT,
  EHLO,
  HELO,
  STARTTLS,
  /** The AUTH command and each further response of its exchange. */
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /** A BDAT chunk that is not the last one, once it has been read. */
  BDAT,
  /** Bytes of the content have come in; the usual answer is {@link Answer#nothing()}. */
  BODY,
  /** The content is complete: final dot or {@code BDAT … LAST}. */
  DOT,
  RSET,
  NOOP,
  VRFY,
  QUIT,
  /** Anything that is no command of this server. */
  UNKNOWN;

  private static final Map<String, Verb> COMMANDS =
      Stream.of(EHLO, HELO, STARTTLS, AUTH, MAIL, RCPT, DATA, BDAT, RSET, NOOP, VRFY, QUIT)
          .collect(Collectors.toUnmodifiableMap(Verb::name, verb -> verb));

  static Verb of(String word) {
    return COMMANDS.getOrDefault(word.toUpperCase(Locale.ROOT), UNKNOWN);
  }
}
