package dev.postrider.delivery;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.mail.Receipt;
import dev.postrider.mime.Composer;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SmtpPool;
import io.netty.buffer.Unpooled;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends over our own SMTP engine: one transaction for all recipients, one pool for each route.
 * Lives on one event loop.
 */
final class SmtpTransport implements Transport {

  private final Routes routes;
  private final RouteRules rules;
  private final Function<Route, SmtpPool> opener;
  private final Composer composer = new Composer();
  private final Map<String, SmtpPool> pools = new HashMap<>();

  /**
   * @param rules what replies mean on a route
   * @param opener makes the pool of a route, on the calling event loop
   */
  SmtpTransport(Routes routes, RouteRules rules, Function<Route, SmtpPool> opener) {
    this.routes = routes;
    this.rules = rules;
    this.opener = opener;
  }

  @Override
  @CheckReturnValue
  public Uni<Receipt> send(DeliveryRequest request) {
    Route route = routes.of(request.mail());
    List<Recipient> recipients = request.recipients();
    return Uni.createFrom()
        .completionStage(() -> transmit(request, route, recipients).toCompletionStage())
        .map(result -> ReceiptBuilder.of(route.name(), rules.of(route.name()), recipients, result));
  }

  private Future<SendResult> transmit(
      DeliveryRequest request, Route route, List<Recipient> recipients) {
    List<String> addresses = recipients.stream().map(Recipient::address).toList();
    ByteBuffer message = composer.write(request.mail(), request.stamp());
    return pool(route)
        .send(
            new Envelope(request.mail().sender(), addresses, request.needsSmtpUtf8()),
            withoutCopy(message),
            request.gate(),
            request.stillValid());
  }

  @SuppressWarnings("deprecation") // Vert.x 4 has no other way without a copy.
  private static Buffer withoutCopy(ByteBuffer message) {
    return Buffer.buffer(Unpooled.wrappedBuffer(message));
  }

  private SmtpPool pool(Route route) {
    return pools.computeIfAbsent(route.name(), name -> opener.apply(route));
  }

  @Override
  public void giveBack(String route, int mails) {
    SmtpPool pool = pools.get(route);
    if (pool != null) {
      pool.giveBack(mails);
    }
  }

  @Override
  public List<ConnectionStats> connections() {
    return pools.entrySet().stream()
        .map(pool -> ConnectionStats.of(pool.getKey(), pool.getValue().state()))
        .toList();
  }

  @Override
  @CheckReturnValue
  public Uni<Void> close() {
    List<Future<Void>> closing = pools.values().stream().map(SmtpPool::close).toList();
    return Uni.createFrom()
        .completionStage(() -> Future.join(closing).toCompletionStage())
        .replaceWithVoid();
  }
}
