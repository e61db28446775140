package dev.postrider.smtpserver;

import dev.postrider.smtpserver.MessageListener.Reply;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SMTP state of one connection: which reply each command gets, and what it changes. */
final class ReceiverDialogue {

  private static final Logger LOG = Logger.getLogger(ReceiverDialogue.class.getName());
  private static final String NAME = "localhost";
  private static final String EXTENSIONS =
      "\nPIPELINING\nCHUNKING\n8BITMIME\nSMTPUTF8\nENHANCEDSTATUSCODES\nSIZE ";

  /** RFC 5321 §4.5.3.1.8 asks for 100 at least. */
  private static final int RECIPIENTS_MAX = 1_000;

  private static final Pattern CHUNK = Pattern.compile("(\\d{1,18})( (?i:LAST))?");

  private static final Reply OK = new Reply(250, "2.0.0 Ok");
  private static final Reply NO_RECIPIENTS = new Reply(554, "5.5.1 No valid recipients");
  private static final Reply TOO_LARGE = new Reply(552, "5.3.4 Message too large");

  private final int sizeMax;
  private final MessageListener listener;
  private final List<String> recipients = new ArrayList<>();
  private boolean greeted;
  private Optional<EnvelopePath> sender = Optional.empty();
  private Optional<MessageContent> content = Optional.empty();
  private boolean readsContent;

  ReceiverDialogue(int sizeMax, MessageListener listener) {
    this.sizeMax = sizeMax;
    this.listener = listener;
  }

  Reply greeting() {
    return new Reply(220, NAME + " ESMTP");
  }

  /** The content that comes next; empty if a command comes next. */
  Optional<MessageContent> expectedContent() {
    return content.filter(expected -> readsContent);
  }

  /** The reply to a command; empty for BDAT, whose reply comes after its chunk. */
  Optional<Reply> reply(String line) {
    int space = line.indexOf(' ');
    String verb = (space < 0 ? line : line.substring(0, space)).toUpperCase(Locale.ROOT);
    String argument = space < 0 ? "" : line.substring(space + 1).strip();
    return verb.equals("BDAT") ? startChunk(argument) : Optional.of(reply(verb, argument));
  }

  private Reply reply(String verb, String argument) {
    return switch (verb) {
      case "EHLO" -> hello(argument, NAME + EXTENSIONS + sizeMax);
      case "HELO" -> hello(argument, NAME);
      case "MAIL" -> mail(argument);
      case "RCPT" -> recipient(argument);
      case "DATA" -> data();
      case "RSET" -> reset(OK);
      case "NOOP" -> OK;
      case "VRFY" -> new Reply(252, "2.1.5 Send the message, it will be received");
      case "QUIT" -> new Reply(221, "2.0.0 Bye");
      case "AUTH", "STARTTLS", "EXPN", "HELP" -> new Reply(502, "5.5.1 Not supported");
      default -> new Reply(500, "5.5.1 Unknown command");
    };
  }

  private Reply hello(String argument, String text) {
    if (argument.isEmpty()) {
      return new Reply(501, "5.5.4 A name is required");
    }
    greeted = true;
    return reset(new Reply(250, text));
  }

  private Reply mail(String argument) {
    if (!greeted) {
      return new Reply(503, "5.5.1 EHLO first");
    }
    if (sender.isPresent()) {
      return new Reply(503, "5.5.1 The sender is already given");
    }
    Optional<EnvelopePath> path = EnvelopePath.from(argument);
    Optional<Reply> refusal =
        path.map(this::refuseSender)
            .orElseGet(() -> Optional.of(new Reply(501, "5.5.4 Syntax: MAIL FROM:<address>")));
    sender = refusal.isPresent() ? Optional.empty() : path;
    return refusal.orElse(new Reply(250, "2.1.0 Ok"));
  }

  private Optional<Reply> refuseSender(EnvelopePath path) {
    if (!path.isSupported()) {
      return Optional.of(new Reply(555, "5.5.4 Unknown parameter"));
    }
    if (!path.isAscii() && !path.hasUtf8()) {
      return Optional.of(new Reply(553, "5.6.7 SMTPUTF8 is required"));
    }
    return path.announcedSize() > sizeMax ? Optional.of(TOO_LARGE) : Optional.empty();
  }

  private Reply recipient(String argument) {
    if (sender.isEmpty() || content.isPresent()) {
      return new Reply(503, "5.5.1 MAIL first");
    }
    Optional<EnvelopePath> path = EnvelopePath.to(argument);
    if (path.isEmpty()) {
      return new Reply(501, "5.5.4 Syntax: RCPT TO:<address>");
    }
    if (!path.get().parameters().isEmpty()) {
      return new Reply(555, "5.5.4 Unknown parameter");
    }
    if (!path.get().isAscii() && !sender.get().hasUtf8()) {
      return new Reply(553, "5.6.7 SMTPUTF8 is required");
    }
    if (recipients.size() >= RECIPIENTS_MAX) {
      return new Reply(452, "4.5.3 Too many recipients");
    }
    Reply reply = ask(path.get().address());
    if (reply.isPositive()) {
      recipients.add(path.get().address());
    }
    return reply;
  }

  private Reply ask(String recipient) {
    try {
      return listener.recipient(recipient);
    } catch (RuntimeException e) {
      return localError(e);
    }
  }

  private Reply data() {
    if (sender.isEmpty() || content.isPresent()) {
      return new Reply(503, "5.5.1 MAIL first");
    }
    if (recipients.isEmpty()) {
      return NO_RECIPIENTS;
    }
    content = Optional.of(new MessageContent(sizeMax));
    readsContent = true;
    return new Reply(354, "End with <CRLF>.<CRLF>");
  }

  /** A chunk is read even if no message may come: the client may have sent it already. */
  private Optional<Reply> startChunk(String argument) {
    Matcher chunk = CHUNK.matcher(argument);
    if (!chunk.matches()) {
      return Optional.of(new Reply(501, "5.5.4 Syntax: BDAT size [LAST]"));
    }
    MessageContent open =
        content.orElseGet(() -> new MessageContent(recipients.isEmpty() ? 0 : sizeMax));
    open.startChunk(Long.parseLong(chunk.group(1)), chunk.group(2) != null);
    content = Optional.of(open);
    readsContent = true;
    return Optional.empty();
  }

  /** The reply to the content or chunk that has been read. */
  Future<Reply> replyToContent() {
    readsContent = false;
    MessageContent read = content.orElseThrow();
    Optional<Reply> refusal = refuseContent(read);
    if (refusal.isEmpty() && read.isComplete()) {
      return receive(
          new ReceivedMessage(sender.get().address(), List.copyOf(recipients), read.bytes()));
    }
    Reply reply = refusal.orElse(new Reply(250, "2.0.0 " + read.size() + " bytes received"));
    return Future.succeededFuture(read.isComplete() ? reset(reply) : reply);
  }

  private Optional<Reply> refuseContent(MessageContent read) {
    if (recipients.isEmpty()) {
      return Optional.of(NO_RECIPIENTS);
    }
    return read.isTooLarge() ? Optional.of(TOO_LARGE) : Optional.empty();
  }

  private Future<Reply> receive(ReceivedMessage message) {
    reset(OK);
    try {
      return listener.received(message).otherwise(ReceiverDialogue::localError);
    } catch (RuntimeException e) {
      return Future.succeededFuture(localError(e));
    }
  }

  private static Reply localError(Throwable cause) {
    LOG.log(Level.WARNING, "A message could not be received.", cause);
    return new Reply(451, "4.3.0 Local error, try again later");
  }

  private Reply reset(Reply reply) {
    sender = Optional.empty();
    recipients.clear();
    content = Optional.empty();
    return reply;
  }
}
