package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.mail.Reason;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import dev.postrider.mail.Receipt.ServerReply;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplyClassifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # the server as a whole, before any mail was named
          greeting       | 421 |        | Try again later                        | CONNECTION
          greeting       | 421 |        | Too many concurrent connections        | THROTTLED
          greeting       | 450 | 4.3.2  | Not now                                | CONNECTION
          greeting       | 554 | 5.3.2  | No SMTP service here                   | CONNECTION
          greeting       | 500 |        | EHLO unknown                           | CONNECTION
          greeting       | 454 | 4.7.0  | TLS is not available                   | CONNECTION
          authenticating | 454 | 4.7.0  | Temporary authentication failure       | CONNECTION
          # who does not let us in
          authenticating | 530 | 5.7.0  | Authentication required                | ROUTE_DOWN
          authenticating | 534 | 5.7.9  | Mechanism too weak                     | ROUTE_DOWN
          authenticating | 535 | 5.7.8  | Credentials invalid                    | ROUTE_DOWN
          authenticating | 538 | 5.7.11 | Encryption required                    | ROUTE_DOWN
          authenticating | 550 | 5.7.30 | Basic authentication is not supported  | ROUTE_DOWN
          envelope       | 530 | 5.7.0  | Must issue a STARTTLS command first    | ROUTE_DOWN
          envelope       | 550 | 5.7.60 | Client has no permission to send as    | ROUTE_DOWN
          # pace
          envelope       | 454 |        | Throttling failure: Maximum sending rate exceeded | THROTTLED
          dot            | 454 |        | Throttling failure: Daily message quota exceeded  | THROTTLED
          envelope       | 421 | 4.7.28 | Unusual rate of mail                   | THROTTLED
          envelope       | 454 | 4.7.1  | Relay access denied by the corporate gateway | TRANSIENT
          envelope       | 421 | 4.3.2  | The corporate gateway is shutting down | CONNECTION
          # this mail, for now
          envelope       | 450 | 4.2.1  | Mailbox busy                           | TRANSIENT
          envelope       | 450 | 4.7.1  | Greylisted                             | TRANSIENT
          envelope       | 451 | 4.3.0  | Local error                            | TRANSIENT
          envelope       | 452 | 4.3.1  | No space                               | TRANSIENT
          dot            | 455 |        | Parameters                             | TRANSIENT
          dot            | 451 | 4.7.1  | Try again                              | TRANSIENT
          dot            | 421 | 4.3.0  | Closing, again and again               | TRANSIENT
          # too many recipients in one go
          envelope       | 452 | 4.5.3  | Too many recipients                    |
          envelope       | 552 | 5.5.3  | Too many recipients                    |
          envelope       | 552 |        | Too many recipients                    | TRANSIENT
          # the recipient, for good
          envelope       | 550 | 5.1.1  | No such user                           | REFUSED
          envelope       | 550 |        | No such user                           | REFUSED
          envelope       | 551 | 5.1.6  | User not local                         | REFUSED
          envelope       | 553 | 5.1.3  | Bad mailbox name                       | REFUSED
          envelope       | 550 | 5.1.2  | No such domain                         | REFUSED
          envelope       | 556 | 5.1.10 | Null MX                                | REFUSED
          envelope       | 521 | 5.2.1  | Mailbox disabled                       | REFUSED
          # quota
          envelope       | 552 | 5.2.2  | Mailbox full                           | TRANSIENT
          envelope       | 452 | 4.2.2  | Mailbox full                           | TRANSIENT
          # the content, for good
          dot            | 552 | 5.3.4  | Too large                              | REFUSED
          envelope       | 552 | 5.3.4  | Too large for this server              | REFUSED
          dot            | 552 |        | Too large                              | REFUSED
          dot            | 554 | 5.6.0  | Not conforming                         | REFUSED
          dot            | 550 | 5.7.1  | Refused by policy                      | REFUSED
          dot            | 554 | 5.7.26 | Unauthenticated                        | REFUSED
          # relaying: somebody may yet mend it
          envelope       | 554 | 5.7.1  | Relay access denied                    | TRANSIENT
          envelope       | 550 | 5.7.1  | Relaying denied                        | TRANSIENT
          # protocol: a bug or a proxy
          envelope       | 500 | 5.5.2  | Unknown command                        | TRANSIENT
          envelope       | 501 | 5.5.4  | Syntax                                 | TRANSIENT
          envelope       | 502 | 5.5.1  | Not implemented                        | TRANSIENT
          envelope       | 503 | 5.5.1  | Bad sequence                           | TRANSIENT
          envelope       | 504 | 5.5.4  | Parameter                              | TRANSIENT
          envelope       | 555 | 5.5.4  | MAIL parameters                        | TRANSIENT
          # where the enhanced code contradicts, the first digit is trusted
          envelope       | 450 | 5.1.1  | Confused                               | TRANSIENT
          envelope       | 550 | 4.2.1  | Confused                               | REFUSED
          envelope       | 450 | 5.7.8  | Confused                               | TRANSIENT
          """)
  void classifies_a_reply(String phase, int code, String enhanced, String text, Reason expected) {
    ServerReply reply = new ServerReply(code, Optional.ofNullable(enhanced), text);
    assertEquals(Optional.ofNullable(expected), reason(Fate.REFUSED, phase, Optional.of(reply)));
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,dot,UNKNOWN",
    "NOT_SENT,connecting,CONNECTION",
    "NOT_SENT,greeting,CONNECTION",
    "NOT_SENT,authenticating,CONNECTION",
    "NOT_SENT,envelope,CONNECTION",
    "NOT_SENT,data,TRANSIENT"
  })
  void classifies_what_came_without_a_reply(Fate fate, String phase, Reason expected) {
    assertEquals(Optional.ofNullable(expected), reason(fate, phase, Optional.empty()));
  }

  private static Optional<Reason> reason(Fate fate, String phase, Optional<ServerReply> reply) {
    return ReplyClassifier.reason(new Answer(0, fate, phase, reply, ""));
  }
}
