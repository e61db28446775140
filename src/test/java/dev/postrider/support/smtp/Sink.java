package dev.postrider.support.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.support.Captured;
import dev.postrider.support.WireCheck;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.MailServer;
import dev.postrider.support.smtpserver.Received;
import dev.postrider.support.smtpserver.ServerCounters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A mail server that takes every mail and keeps it, unless an address or an option asks for
 * trouble.
 *
 * <p>The local part of a recipient, or of the sender, says what shall happen:
 *
 * <pre>
 * effect [-enhanced code] [-phase] [-number x | -number ms] [+anything] @
 *
 * effect        what happens                             examples
 * ------------  ---------------------------------------  ---------------------------------------
 * 250 … 559     this reply; 421 also hangs up            450-rcpt@  451-mail@ (as sender)
 *                                                        554-data@  452-dot@  550-5.7.1-dot@
 * slow          the usual reply, late (default 1000 ms)  slow-dot-500ms@
 * drop          FIN without a word                       drop-in-data@  drop-dot@  drop-after-dot@
 * rst           RST without a word                       rst@  rst-after-dot@
 * blackhole     never another word                       blackhole@  blackhole-dot@
 * many-lines    a good reply of 10,000 lines             many-lines@
 * unterminated  a reply whose last line never comes      unterminated@
 * wrong-code    354 in place of 2xx, 250 in place of 354 wrong-code@  wrong-code-data@
 * garbage       a line that is no reply                  garbage-dot@
 * anything else the mail is taken                        accept@  ana@
 * </pre>
 *
 * <p>Phases: {@code mail} (senders only), {@code rcpt} (the default), {@code data}, {@code in-data}
 * (when the first bytes of content have come), {@code dot} (the mail is not taken unless the reply
 * is 2xx or there is none, as with {@code blackhole}), {@code after-dot} (the mail is taken first:
 * the gap of RFC 1047). By BDAT {@code data} happens at the end of the content. {@code -3x} makes
 * the first three times so, then the address accepts.
 */
public final class Sink implements AutoCloseable {

  private static final Duration START_MAX = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final Captured captured = new Captured();
  private final Optional<Ledger> ledger;
  private final boolean keepsContent;
  private final MailServer server;

  private Sink(Vertx vertx, SinkOptions options) {
    this.vertx = vertx;
    this.keepsContent = options.keepsContent();
    this.ledger = options.ledger().map(Ledger::new);
    this.server = new MailServer(vertx, options.server(), script(options), this::take);
  }

  private static AnswerScript script(SinkOptions options) {
    SinkScript behaviours = new SinkScript(options);
    return (command, dialogue, usual) ->
        options.script().answer(command, dialogue, behaviours.answer(command, dialogue, usual));
  }

  /** Starts a good server. */
  public static Sink start() {
    return start(new SinkOptions());
  }

  /** Starts a server and waits until it listens on a free port of 127.0.0.1. */
  public static Sink start(SinkOptions options) {
    Sink sink = new Sink(Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1)), options);
    join(sink.server.start());
    return sink;
  }

  /** Where it listens. */
  public String host() {
    return "127.0.0.1";
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Sends the mail of an application here. */
  public Map<String, String> settings() {
    return Map.of(
        "quarkus.mailer.mock", "false",
        "quarkus.mailer.host", host(),
        "quarkus.mailer.port", Integer.toString(port()));
  }

  /** The mails taken so far, in order. */
  public List<Received> mails() {
    return captured.all();
  }

  /** The mails taken so far for this recipient. */
  public List<Received> mailsTo(String recipient) {
    return captured.matching(mail -> mail.recipients().contains(recipient));
  }

  /** Waits until {@code count} mails were taken. */
  public List<Received> await(int count, Duration bound) {
    return captured.await(count, bound, mail -> true);
  }

  /** Waits until {@code count} mails for this recipient were taken. */
  public List<Received> awaitTo(String recipient, int count, Duration bound) {
    return captured.await(count, bound, mail -> mail.recipients().contains(recipient));
  }

  /** Forgets the mails taken so far; the counters go on. */
  public void clear() {
    captured.clear();
  }

  /** Connections, mails, bytes and faults since the start. */
  public ServerCounters counters() {
    return server.counters();
  }

  /** Forces the ledger to the disk. */
  public void syncLedger() {
    ledger.ifPresent(Ledger::sync);
  }

  /** Asserts that no client broke a rule of the wire, in commands or in any mail kept. */
  public void assertWireClean() {
    assertEquals(Map.of(), counters().violations(), "faults on the wire");
    mails().stream().filter(mail -> keepsContent).forEach(WireCheck::assertClean);
  }

  @Override
  public void close() {
    join(vertx.close());
    ledger.ifPresent(Ledger::close);
  }

  private void take(Received mail) {
    ledger.ifPresent(file -> file.add(mail));
    captured.add(keepsContent ? mail : mail.withoutContent());
  }

  private static void join(Future<?> future) {
    try {
      future.toCompletionStage().toCompletableFuture().get(START_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The sink did not start or stop.", e);
    }
  }
}
