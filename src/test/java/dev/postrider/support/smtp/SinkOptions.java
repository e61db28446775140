package dev.postrider.support.smtp;

import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.MailServerOptions;
import dev.postrider.support.smtpserver.Verb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How a {@link Sink} treats every client. The default is a good server with every extension. */
public final class SinkOptions {

  private final MailServerOptions server = new MailServerOptions();
  private final Map<Verb, Answer> fixed = new EnumMap<>(Verb.class);
  private Duration delayPerMail = Duration.ZERO;
  private boolean keepsContent = true;
  private AnswerScript script = AnswerScript.ACCEPT_ALL;
  private Optional<Path> ledger = Optional.empty();

  /** The plain server's options: extensions, TLS, accounts, limits, writing. */
  public SinkOptions server(Consumer<MailServerOptions> setting) {
    setting.accept(server);
    return this;
  }

  /** Gives this answer to every such command. */
  public SinkOptions always(Verb verb, Answer answer) {
    fixed.put(verb, answer);
    return this;
  }

  /** Has the last word on each answer. */
  public SinkOptions script(AnswerScript answers) {
    script = answers;
    return this;
  }

  /** Closes each connection before the greeting. */
  public SinkOptions dropsBeforeGreeting() {
    return always(Verb.CONNECT, Answer.drop());
  }

  /** Greets with 554 (RFC 5321 §3.1: no service here). */
  public SinkOptions refusesConnections() {
    return always(Verb.CONNECT, Answer.sayAndClose("554 5.3.2 No SMTP service here"));
  }

  /** Accepts connections and never says a word. */
  public SinkOptions neverGreets() {
    return always(Verb.CONNECT, Answer.silence());
  }

  /** Offers no extension and knows only HELO. */
  public SinkOptions knowsOnlyHelo() {
    server.without(Extension.values());
    return always(Verb.EHLO, Answer.say("500 5.5.1 Unknown command"));
  }

  /** Announces STARTTLS but cannot do it. */
  public SinkOptions refusesStartTls() {
    return always(Verb.STARTTLS, Answer.say("454 4.7.0 TLS is not available"));
  }

  /** Slips a reply in behind the 220 of STARTTLS, in the clear (the attack of CVE-2011-0411). */
  public SinkOptions injectsAfterStartTls(String line) {
    return always(Verb.STARTTLS, Answer.say("220 2.0.0 Ready to start TLS\r\n" + line));
  }

  /** Fails every authentication with this reply, such as {@code 535 5.7.8 …}. */
  public SinkOptions failsAuthentication(String reply) {
    return always(Verb.AUTH, Answer.say(reply));
  }

  /** Replies to the end of each mail only after this long. */
  public SinkOptions delayPerMail(Duration time) {
    delayPerMail = time;
    return this;
  }

  /** Keeps only the envelopes: hundreds of thousands of mails fit into a test. */
  public SinkOptions forgetsContent() {
    keepsContent = false;
    return this;
  }

  /** Writes a line for each mail taken to this file, before the final reply. */
  public SinkOptions ledger(Path file) {
    ledger = Optional.of(file);
    return this;
  }

  MailServerOptions server() {
    return server;
  }

  Optional<Answer> always(Verb verb) {
    return Optional.ofNullable(fixed.get(verb));
  }

  AnswerScript script() {
    return script;
  }

  Duration delayPerMail() {
    return delayPerMail;
  }

  boolean keepsContent() {
    return keepsContent;
  }

  Optional<Path> ledger() {
    return ledger;
  }
}
