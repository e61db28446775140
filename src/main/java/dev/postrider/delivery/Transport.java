package dev.postrider.delivery;

import dev.postrider.mail.Receipt;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * Hands a mail to a server. One per event loop. Never fails: whatever happens is in the receipt, an
 * answer for each recipient that was still to be tried.
 */
public interface Transport {

  @CheckReturnValue
  Uni<Receipt> send(DeliveryRequest deliveryRequest);

  /** The connections there are, by route; empty if the client that makes them does not tell. */
  List<ConnectionStats> connections();

  /**
   * Gives so many of a route's mails that merely wait for a connection back: their receipts say
   * {@link Receipt#untried()}. Does nothing if the client cannot.
   */
  default void giveBack(String route, int mails) {}

  /** Ends idle connections politely; bounded. */
  @CheckReturnValue
  Uni<Void> close();
}
