package dev.postrider.support.smtpserver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A mail server for one test, and the mails it took. */
public final class ServerFixture implements AutoCloseable {

  private static final int SECONDS_MAX = 10;

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Received> inbox = new LinkedBlockingQueue<>();
  private MailServer server;

  /** Starts the server; the client returned has read the greeting. */
  PlainSocket connect(MailServerOptions options) {
    return connect(options, AnswerScript.ACCEPT_ALL);
  }

  /** Starts the server; the client returned has said EHLO. */
  PlainSocket greeted(MailServerOptions options) {
    return greeted(options, AnswerScript.ACCEPT_ALL);
  }

  /** Starts the server with a script; the client returned has said EHLO. */
  public PlainSocket greeted(MailServerOptions options, AnswerScript answerScript) {
    PlainSocket client = connect(options, answerScript);
    client.ask("EHLO me.test");
    return client;
  }

  int port() {
    return server.port();
  }

  ServerCounters counters() {
    return server.counters();
  }

  BlockingQueue<Received> inbox() {
    return inbox;
  }

  Received next() throws InterruptedException {
    Received mail = inbox.poll(SECONDS_MAX, TimeUnit.SECONDS);
    assertTrue(mail != null, "a mail within 10 s");
    return mail;
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private PlainSocket connect(MailServerOptions options, AnswerScript answerScript) {
    server = new MailServer(vertx, options, answerScript, inbox::add);
    await(server.start());
    return PlainSocket.greeted(server.port());
  }

  private static void await(Future<?> future) {
    future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(SECONDS_MAX, TimeUnit.SECONDS)
        .join();
  }
}
