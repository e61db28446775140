package dev.postrider.cli.demo;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.time.Duration;
import java.util.BitSet;

/**
 * A mail server for trials on this machine: takes every mail, keeps none, and notes by the number
 * in the recipient's address which mails have come and how often.
 */
final class DemoSink {

  private static final int BACKLOG = 8_192;

  private final Vertx vertx;
  private final Duration delay;
  private final NetServer server;
  private final BitSet seen = new BitSet();
  private int distinct;
  private int duplicates;
  private int strangers;
  private int expected;
  private long firstAt;
  private long lastAt;

  /**
   * @param delay between the end of a mail and the answer to it
   */
  DemoSink(Vertx vertx, Duration delay) {
    this.vertx = vertx;
    this.delay = delay;
    this.server =
        vertx
            .createNetServer(
                new NetServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(BACKLOG))
            .connectHandler(socket -> new DemoSession(this, socket).open());
  }

  Future<NetServer> start() {
    return server.listen();
  }

  int port() {
    return server.actualPort();
  }

  /** Begins to count anew. */
  synchronized void expect(int mails) {
    seen.clear();
    expected = mails;
    distinct = 0;
    duplicates = 0;
    strangers = 0;
  }

  /** The end of one mail has come; {@code answer} is to be given after the delay. */
  void took(int number, Runnable answer) {
    note(number);
    if (delay.isZero()) {
      answer.run();
    } else {
      vertx.setTimer(delay.toMillis(), fired -> answer.run());
    }
  }

  private synchronized void note(int number) {
    lastAt = System.nanoTime();
    if (number < 0 || number >= expected) {
      strangers++;
    } else if (seen.get(number)) {
      duplicates++;
    } else {
      firstAt = distinct == 0 ? lastAt : firstAt;
      seen.set(number);
      distinct++;
    }
  }

  /** Mails that have come at least once. */
  synchronized int distinct() {
    return distinct;
  }

  /** Mails that came once more, or that nobody has sent. */
  synchronized int surplus() {
    return duplicates + strangers;
  }

  /** From the first mail to the last. */
  synchronized Duration span() {
    return Duration.ofNanos(Math.max(1, lastAt - firstAt));
  }
}
