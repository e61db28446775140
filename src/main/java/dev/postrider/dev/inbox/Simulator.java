package dev.postrider.dev.inbox;

import dev.postrider.smtpserver.MessageListener;
import dev.postrider.smtpserver.ReceivedMessage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * Recipients for which the inbox simulates what seldom happens: {@code refuse@}, {@code defer@} and
 * {@code slow@} of the domain {@code simulator.test}. All other messages go to the inbox.
 */
final class Simulator implements MessageListener {

  private static final String REFUSED = "refuse@simulator.test";
  private static final String DEFERRED = "defer@simulator.test";
  private static final String SLOW = "slow@simulator.test";
  static final Duration DELAY = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Inbox inbox;

  Simulator(Vertx vertx, Inbox inbox) {
    this.vertx = vertx;
    this.inbox = inbox;
  }

  @Override
  public Reply recipient(String address) {
    if (address.equalsIgnoreCase(REFUSED)) {
      return new Reply(550, "5.1.1 No such mailbox (simulated)");
    }
    return address.equalsIgnoreCase(DEFERRED)
        ? new Reply(450, "4.2.1 Try again later (simulated)")
        : MessageListener.super.recipient(address);
  }

  @Override
  public Future<Reply> received(ReceivedMessage message) {
    Reply reply = new Reply(250, "2.0.0 Ok: queued as " + inbox.add(message));
    return message.recipients().stream().anyMatch(SLOW::equalsIgnoreCase)
        ? delayed(reply)
        : Future.succeededFuture(reply);
  }

  private Future<Reply> delayed(Reply reply) {
    Promise<Reply> delayed = Promise.promise();
    vertx.setTimer(DELAY.toMillis(), fired -> delayed.complete(reply));
    return delayed.future();
  }
}
