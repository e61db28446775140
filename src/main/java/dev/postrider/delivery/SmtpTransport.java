package dev.postrider.delivery;

import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.mail.Receipt;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import dev.postrider.smtp.Envelope;
import dev.postrider.smtp.FinalDotGate;
import dev.postrider.smtp.SendResult;
import dev.postrider.smtp.SmtpPool;
import dev.postrider.smtp.SmtpServer;
import io.netty.buffer.Unpooled;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Sends over our own SMTP engine: one transaction for all recipients, one pool for each route.
 * Lives on one event loop.
 */
final class SmtpTransport implements Transport {

  private final Vertx vertx;
  private final Routes routes;
  private final Function<Route, SmtpServer> servers;
  private final Composer composer = new Composer();
  private final Map<String, SmtpPool> pools = new HashMap<>();

  /**
   * @param servers how to talk with the server of a route
   */
  SmtpTransport(Vertx vertx, Routes routes, Function<Route, SmtpServer> servers) {
    this.vertx = vertx;
    this.routes = routes;
    this.servers = servers;
  }

  @Override
  @CheckReturnValue
  public Uni<Receipt> send(DeliveryRequest deliveryRequest) {
    Route route = routes.of(deliveryRequest.mail());
    List<Recipient> recipients = deliveryRequest.recipients();
    Permission permission = new Permission(deliveryRequest);
    Uni<SendResult> sendResult =
        Uni.createFrom()
            .completionStage(
                () -> transmit(deliveryRequest, route, recipients, permission).toCompletionStage());
    return sendResult.map(
        result -> ReceiptBuilder.of(route.name(), recipients, result, permission.withdrawn()));
  }

  private Future<SendResult> transmit(
      DeliveryRequest deliveryRequest,
      Route route,
      List<Recipient> recipients,
      Permission permission) {
    List<String> addresses = recipients.stream().map(Recipient::address).toList();
    Stamp stamp =
        new Stamp(deliveryRequest.stampId(), Instant.ofEpochMilli(deliveryRequest.date()));
    ByteBuffer message = composer.write(deliveryRequest.mail(), stamp);
    return pool(route)
        .send(
            new Envelope(
                deliveryRequest.mail().sender(), addresses, deliveryRequest.needsSmtpUtf8()),
            Buffer.buffer(Unpooled.wrappedBuffer(message)),
            permission,
            permission::again);
  }

  private SmtpPool pool(Route route) {
    return pools.computeIfAbsent(route.name(), name -> new SmtpPool(vertx, servers.apply(route)));
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

  /** Whether the mail may still leave; remembers if it was told not to. */
  private static final class Permission implements FinalDotGate {

    private final DeliveryRequest deliveryRequest;
    private boolean withdrawn;

    Permission(DeliveryRequest deliveryRequest) {
      this.deliveryRequest = deliveryRequest;
    }

    @Override
    public boolean isOpen() {
      return noting(deliveryRequest.sendPermission().entitled());
    }

    @Override
    public boolean needsIntent() {
      return deliveryRequest.sendPermission().noted();
    }

    @Override
    public Future<Void> recordIntent() {
      return Future.fromCompletionStage(
          deliveryRequest
              .sendPermission()
              .note()
              .onFailure()
              .recoverWithItem(false)
              .map(this::orWithdrawn)
              .subscribeAsCompletionStage());
    }

    private Void orWithdrawn(boolean noted) {
      if (!noting(noted)) {
        throw new IllegalStateException("Redis could not be told that the mail is about to leave");
      }
      return null;
    }

    Future<Boolean> again() {
      return Future.fromCompletionStage(
          deliveryRequest.stillValid().get().map(this::noting).subscribeAsCompletionStage());
    }

    private boolean noting(boolean allowed) {
      withdrawn = !allowed;
      return allowed;
    }

    boolean withdrawn() {
      return withdrawn;
    }
  }
}
