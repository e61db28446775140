package dev.postrider.support.smtpserver;

import java.util.List;
import java.util.Optional;

/**
 * What RFC 5321 and its extensions say about one connection: the usual answer to each command, and
 * what an answer changes once it is given. It knows neither sockets nor bytes.
 */
final class Conversation implements Dialogue {

  /** RFC 5321 §4.5.3.1.8 asks for at least 100. */
  private static final int RECIPIENTS_MAX = 1_000;

  private static final String NAME = "localhost";

  private final MailServerOptions options;
  private final long connection;
  private final EhloReply ehloReply;
  private final Authentication authentication;
  private Optional<MailTransaction> mailTransaction = Optional.empty();
  private boolean greeted;
  private boolean tls;
  private int mails;

  Conversation(MailServerOptions options, long connection) {
    this.options = options;
    this.connection = connection;
    this.ehloReply = new EhloReply(options);
    this.authentication = new Authentication(options, connection);
    this.tls = options.usesImplicitTls();
  }

  /** The answer of a well-behaved server. */
  Answer usual(Command command) {
    return switch (command.verb()) {
      case CONNECT -> Answer.say("220 " + NAME + " ESMTP");
      case EHLO -> command.argument().isBlank() ? noName() : Answer.say(ehloReply.lines(NAME, tls));
      case HELO -> command.argument().isBlank() ? noName() : Answer.say("250 " + NAME);
      case STARTTLS -> startTls();
      case AUTH -> authentication.answer(command.argument(), greeted, mailTransaction.isPresent());
      case MAIL -> mail(command.argument());
      case RCPT -> recipient(command.argument());
      case DATA -> data();
      case BDAT -> chunk();
      case BODY -> Answer.nothing();
      case DOT -> dot();
      case RSET, NOOP -> Answer.say("250 2.0.0 Ok");
      case VRFY -> Answer.say("252 2.1.5 Send some mail, it will be taken");
      case QUIT -> Answer.sayAndClose("221 2.0.0 Bye");
      case UNKNOWN -> Answer.say("500 5.5.1 Unknown command");
    };
  }

  /** Applies the answer that the client gets. */
  void settle(Command command, Answer answer) {
    switch (command.verb()) {
      case EHLO, HELO -> greet(answer.accepts());
      case AUTH -> authentication.settle(answer);
      case MAIL -> begin(command, answer.accepts());
      case RCPT -> add(command, answer.accepts());
      case DATA -> beginData(answer.code() == 354);
      case DOT -> end(answer.accepts());
      case RSET -> mailTransaction = Optional.empty();
      default -> {}
    }
  }

  /** What the client said before TLS is forgotten (RFC 3207 §4.2). */
  void encrypted() {
    tls = true;
    greeted = false;
    mailTransaction = Optional.empty();
  }

  /** Starts or continues the content by BDAT; false without recipients. */
  boolean beginChunk() {
    boolean wanted = mailTransaction.filter(open -> !open.recipients().isEmpty()).isPresent();
    mailTransaction.ifPresent(open -> open.beginChunk(wanted && keepsContent()));
    return wanted;
  }

  /** Whether the next line is a response of an AUTH exchange, not a command. */
  boolean authenticating() {
    return authentication.underWay();
  }

  Optional<MailTransaction> transaction() {
    return mailTransaction;
  }

  @Override
  public long connection() {
    return connection;
  }

  @Override
  public int mails() {
    return mails;
  }

  @Override
  public boolean tls() {
    return tls;
  }

  @Override
  public Optional<String> authenticatedAs() {
    return authentication.user();
  }

  @Override
  public Optional<String> sender() {
    return mailTransaction.map(open -> open.sender().address());
  }

  @Override
  public List<String> recipients() {
    return mailTransaction.map(MailTransaction::recipients).orElse(List.of());
  }

  @Override
  public boolean chunked() {
    return mailTransaction.filter(MailTransaction::chunked).isPresent();
  }

  @Override
  public long contentSize() {
    return mailTransaction
        .filter(MailTransaction::hasContent)
        .map(open -> open.content().size())
        .orElse(0L);
  }

  private static Answer noName() {
    return Answer.say("501 5.5.4 A name is needed");
  }

  private Answer startTls() {
    if (tls) {
      return Answer.say("503 5.5.1 TLS is active");
    }
    return options.offers(Extension.STARTTLS)
        ? Answer.say("220 2.0.0 Ready to start TLS")
        : Answer.say("502 5.5.1 Not offered");
  }

  private Answer mail(String argument) {
    if (!greeted || mailTransaction.isPresent()) {
      return Answer.say("503 5.5.1 " + (greeted ? "Sender already given" : "EHLO first"));
    }
    if (options.requiresAuth() && authentication.user().isEmpty()) {
      return Answer.say("530 5.7.0 Authentication required");
    }
    return MailPath.from(argument)
        .map(this::sender)
        .orElseGet(() -> Answer.say("501 5.5.4 Syntax: MAIL FROM:<address>"));
  }

  private Answer sender(MailPath mailPath) {
    if (!mailPath.ascii() && !mailPath.flag("SMTPUTF8")) {
      return Answer.say("553 5.6.7 SMTPUTF8 is needed");
    }
    if (!mailPath.parameters().stream().allMatch(ehloReply::understands)) {
      return Answer.say("555 5.5.4 Unknown parameter");
    }
    boolean tooLarge =
        mailPath
            .parameter("SIZE")
            .filter(size -> Long.parseLong(size) > options.sizeMax())
            .isPresent();
    return tooLarge ? tooLarge() : Answer.say("250 2.1.0 Ok");
  }

  private Answer recipient(String argument) {
    if (mailTransaction.isEmpty() || mailTransaction.get().hasContent()) {
      return Answer.say("503 5.5.1 MAIL first");
    }
    if (recipients().size() >= RECIPIENTS_MAX) {
      return Answer.say("452 4.5.3 Too many recipients");
    }
    Optional<MailPath> mailPath = MailPath.to(argument);
    if (mailPath.isEmpty()) {
      return Answer.say("501 5.5.4 Syntax: RCPT TO:<address>");
    }
    boolean utf8 = mailTransaction.get().sender().flag("SMTPUTF8");
    return mailPath.get().ascii() || utf8
        ? Answer.say("250 2.1.5 Ok")
        : Answer.say("553 5.6.7 SMTPUTF8 is needed");
  }

  private Answer data() {
    if (mailTransaction.isEmpty() || mailTransaction.get().hasContent()) {
      return Answer.say("503 5.5.1 MAIL first");
    }
    return recipients().isEmpty()
        ? Answer.say("554 5.5.1 No valid recipients")
        : Answer.say("354 End with <CRLF>.<CRLF>");
  }

  private Answer chunk() {
    return recipients().isEmpty()
        ? Answer.say("503 5.5.1 No valid recipients")
        : Answer.say("250 2.0.0 " + contentSize() + " bytes received");
  }

  private Answer dot() {
    if (recipients().isEmpty()) {
      return Answer.say("554 5.5.1 No valid recipients");
    }
    return contentSize() > options.sizeMax()
        ? tooLarge()
        : Answer.say("250 2.0.0 Ok: queued as " + connection + "-" + (mails + 1));
  }

  private static Answer tooLarge() {
    return Answer.say("552 5.3.4 Too large");
  }

  private void greet(boolean accepted) {
    greeted |= accepted;
    if (accepted) {
      mailTransaction = Optional.empty();
    }
  }

  private void begin(Command command, boolean accepted) {
    if (accepted) {
      mailTransaction = MailPath.from(command.argument()).map(MailTransaction::new);
    }
  }

  private void add(Command command, boolean accepted) {
    if (accepted && mailTransaction.isPresent()) {
      MailPath.to(command.argument())
          .ifPresent(to -> mailTransaction.get().recipients().add(to.address()));
    }
  }

  private void beginData(boolean go) {
    if (go && mailTransaction.isEmpty()) {
      mailTransaction = Optional.of(new MailTransaction(new MailPath("", List.of())));
    }
    if (go) {
      mailTransaction.get().beginData(keepsContent());
    }
  }

  private void end(boolean accepted) {
    mailTransaction = Optional.empty();
    if (accepted) {
      mails++;
    }
  }

  private boolean keepsContent() {
    return options.keep() == MailServerOptions.Keep.CONTENT;
  }
}
