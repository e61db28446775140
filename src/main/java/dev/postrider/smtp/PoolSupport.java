package dev.postrider.smtp;

import dev.postrider.handler.HandlerErrors;
import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * What a pool uses besides its server.
 *
 * @param errors where exceptions of our own handlers are recorded
 * @param workarounds what the server offers and does not do
 * @param clock monotonic, in milliseconds
 * @param lookup finds the addresses of the server
 */
record PoolSupport(
    HandlerErrors errors, Workarounds workarounds, LongSupplier clock, AddressLookup lookup) {

  /** The clock and the look-up of the system. */
  static PoolSupport of(Vertx vertx, HandlerErrors errors, Workarounds workarounds) {
    return new PoolSupport(errors, workarounds, DeadlineTimer.CLOCK, new SystemLookup(vertx));
  }
}
