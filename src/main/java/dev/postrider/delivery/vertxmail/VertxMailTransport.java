package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.Routes;
import dev.postrider.delivery.Transport;
import dev.postrider.mail.Receipt;
import dev.postrider.mail.Receipt.Answer;
import dev.postrider.mail.Receipt.Fate;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends through the mail client that quarkus-mailer brings. That client knows one recipient per
 * transaction safely, loses its slot after a time-out of ours, and cannot tell how far it came; so
 * each recipient is sent to by itself, never more at once than there are connections, and a loss
 * counts as unknown.
 */
public final class VertxMailTransport implements Transport {

  /** RFC 5321 §4.5.3.2.6 asks for 10 minutes after the final dot alone. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Vertx vertx;
  private final Routes routes;
  private final int connections;
  private final VertxMailMessages messages = new VertxMailMessages();
  private final Map<String, MailClient> clients = new HashMap<>();
  private final Permits permits;

  public VertxMailTransport(Vertx vertx, Routes routes, int connections) {
    this.vertx = vertx;
    this.routes = routes;
    this.connections = connections;
    this.permits = new Permits(connections);
  }

  @Override
  @CheckReturnValue
  public Uni<Receipt> send(DeliveryRequest deliveryRequest) {
    Route route = routes.of(deliveryRequest.mail());
    return Multi.createFrom()
        .iterable(deliveryRequest.recipients())
        .onItem()
        .transformToUniAndConcatenate(recipient -> sendTo(recipient, deliveryRequest, route))
        .collect()
        .asList()
        .map(answers -> new Receipt(route.name(), answers));
  }

  private Uni<Answer> sendTo(Recipient recipient, DeliveryRequest deliveryRequest, Route route) {
    return permits
        .acquire()
        .chain(waited -> waited ? deliveryRequest.stillValid().get() : Uni.createFrom().item(true))
        .chain(valid -> valid ? noted(deliveryRequest) : Uni.createFrom().item(false))
        .chain(noted -> noted ? hand(recipient, deliveryRequest, route) : withdrawn(recipient))
        .onTermination()
        .invoke(permits::release);
  }

  /** That client cannot be asked to wait before the dot: so it is noted before it begins. */
  private static Uni<Boolean> noted(DeliveryRequest deliveryRequest) {
    return deliveryRequest.sendPermission().note().onFailure().recoverWithItem(false);
  }

  private Uni<Answer> hand(Recipient recipient, DeliveryRequest deliveryRequest, Route route) {
    if (!deliveryRequest.sendPermission().entitled()) {
      return withdrawn(recipient);
    }
    MailMessage message = messages.write(deliveryRequest, recipient.address());
    return Uni.createFrom()
        .completionStage(() -> client(route).sendMail(message).toCompletionStage())
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(result -> accepted(recipient, result))
        .onFailure()
        .recoverWithItem(failure -> VertxMailFailures.answer(recipient.place(), failure));
  }

  private MailClient client(Route route) {
    return clients.computeIfAbsent(
        route.name(), name -> MailClient.create(vertx, VertxMailConfig.of(route, connections)));
  }

  private static Answer accepted(Recipient recipient, MailResult result) {
    // The client drops the server's last line, so there is no reply to show.
    return new Answer(recipient.place(), Fate.ACCEPTED, "done", Optional.empty(), "");
  }

  private static Uni<Answer> withdrawn(Recipient recipient) {
    return Uni.createFrom()
        .item(new Answer(recipient.place(), Fate.WITHDRAWN, "connecting", Optional.empty(), ""));
  }

  @Override
  public List<ConnectionStats> connections() {
    return List.of();
  }

  @Override
  @CheckReturnValue
  public Uni<Void> close() {
    List<Uni<Void>> closing =
        clients.values().stream()
            .map(client -> Uni.createFrom().completionStage(client.close().toCompletionStage()))
            .toList();
    return closing.isEmpty()
        ? Uni.createFrom().voidItem()
        : Uni.join().all(closing).andCollectFailures().replaceWithVoid();
  }
}
