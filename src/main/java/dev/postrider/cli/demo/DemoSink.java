package dev.postrider.cli.demo;

import dev.postrider.smtpserver.MessageListener;
import dev.postrider.smtpserver.ReceivedMessage;
import dev.postrider.smtpserver.SmtpReceiver;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.BitSet;

/**
 * The SMTP server of a demo: accepts all messages, keeps none, and counts by the number in the
 * recipient's address which of them have arrived and how often.
 */
final class DemoSink implements MessageListener {

  private static final int SIZE_MAX = 64 * 1024 * 1024;
  private static final Reply ACCEPTED = new Reply(250, "2.0.0 Ok");

  private final Vertx vertx;
  private final Duration delay;
  private final SmtpReceiver server;
  private final BitSet seen = new BitSet();
  private int distinct;
  private int duplicates;
  private int unexpected;
  private int expected;
  private long firstAt;
  private long lastAt;

  /**
   * @param delay between the end of a message and the reply to it
   */
  DemoSink(Vertx vertx, Duration delay) {
    this.vertx = vertx;
    this.delay = delay;
    this.server = new SmtpReceiver(vertx, SIZE_MAX, this);
  }

  Future<SmtpReceiver> start() {
    return server.listen("127.0.0.1", 0);
  }

  int port() {
    return server.port();
  }

  /** Sets all counters to zero. */
  synchronized void expect(int mails) {
    seen.clear();
    expected = mails;
    distinct = 0;
    duplicates = 0;
    unexpected = 0;
  }

  @Override
  public Future<Reply> received(ReceivedMessage message) {
    count(numberOf(message.recipients().get(0)));
    if (delay.isZero()) {
      return Future.succeededFuture(ACCEPTED);
    }
    Promise<Reply> delayed = Promise.promise();
    vertx.setTimer(delay.toMillis(), fired -> delayed.complete(ACCEPTED));
    return delayed.future();
  }

  /** That of {@code demo-17@example.invalid} is 17. */
  private static int numberOf(String recipient) {
    String digits = recipient.substring(recipient.indexOf('-') + 1, recipient.lastIndexOf('@'));
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
  }

  private synchronized void count(int number) {
    lastAt = System.nanoTime();
    if (number < 0 || number >= expected) {
      unexpected++;
    } else if (seen.get(number)) {
      duplicates++;
    } else {
      firstAt = distinct == 0 ? lastAt : firstAt;
      seen.set(number);
      distinct++;
    }
  }

  /** Messages that have arrived at least once. */
  synchronized int distinct() {
    return distinct;
  }

  /** Messages that arrived once more, or that were not sent by the demo. */
  synchronized int surplus() {
    return duplicates + unexpected;
  }

  /** From the first message to the last. */
  synchronized Duration span() {
    return Duration.ofNanos(Math.max(1, lastAt - firstAt));
  }
}
