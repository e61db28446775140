package dev.postrider.smtpserver;

import dev.postrider.support.PlainSocket;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A server for one test, and the messages it received. */
final class ReceiverFixture implements MessageListener, AutoCloseable {

  static final int SIZE_MAX = 100;
  static final Reply ACCEPTED = new Reply(250, "2.0.0 Ok");

  private final Vertx vertx = Vertx.vertx();
  private final Queue<ReceivedMessage> messages = new ConcurrentLinkedQueue<>();
  private final SmtpReceiver server;
  private final PlainSocket control;

  ReceiverFixture() {
    server = start(this);
    control = connect();
  }

  @Override
  public Future<Reply> received(ReceivedMessage message) {
    messages.add(message);
    return Future.succeededFuture(ACCEPTED);
  }

  /** Starts one more server with another listener. */
  SmtpReceiver start(MessageListener listener) {
    return await(new SmtpReceiver(vertx, SIZE_MAX, listener).listen("127.0.0.1", 0));
  }

  /** A client that has read the greeting. */
  PlainSocket connect() {
    return PlainSocket.greeted(server.port());
  }

  /** A client that has sent EHLO. */
  PlainSocket greeted() {
    return greeted(server);
  }

  static PlainSocket greeted(SmtpReceiver server) {
    PlainSocket client = PlainSocket.greeted(server.port());
    client.ask("EHLO me.test");
    return client;
  }

  /** Returns when the server has read all that was written before; it has one event loop. */
  void sync() {
    control.ask("NOOP");
    control.ask("NOOP");
  }

  /** The contents of the messages received, the oldest first; then forgets them. */
  List<String> contents() {
    List<String> contents = messages.stream().map(ReceiverFixture::text).toList();
    messages.clear();
    return contents;
  }

  ReceivedMessage next() {
    return messages.remove();
  }

  static String text(ReceivedMessage message) {
    return new String(message.content(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    control.close();
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
