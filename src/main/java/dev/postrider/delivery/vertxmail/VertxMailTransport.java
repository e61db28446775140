package dev.postrider.delivery.vertxmail;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.DeliveryRequest;
import dev.postrider.delivery.DeliveryRequest.Recipient;
import dev.postrider.delivery.Refusals;
import dev.postrider.delivery.Route;
import dev.postrider.delivery.RouteRules;
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
  private static final Duration SEND_TIMEOUT = Duration.ofMinutes(15);

  private final Vertx vertx;
  private final Routes routes;
  private final RouteRules rules;
  private final int connections;
  private final VertxMailMessages messages = new VertxMailMessages();
  private final Map<String, MailClient> clients = new HashMap<>();
  private final Permits permits;

  public VertxMailTransport(Vertx vertx, Routes routes, RouteRules rules, int connections) {
    this.vertx = vertx;
    this.routes = routes;
    this.rules = rules;
    this.connections = connections;
    this.permits = new Permits(connections);
  }

  @Override
  @CheckReturnValue
  public Uni<Receipt> send(DeliveryRequest request) {
    Route route = routes.of(request.mail());
    return Multi.createFrom()
        .iterable(request.recipients())
        .onItem()
        .transformToUniAndConcatenate(recipient -> sendTo(recipient, request, route))
        .collect()
        .asList()
        .map(answers -> new Receipt(route.name(), answers));
  }

  private Uni<Answer> sendTo(Recipient recipient, DeliveryRequest request, Route route) {
    return permits
        .acquire()
        .chain(waited -> waited ? stillValid(request) : Uni.createFrom().item(true))
        .chain(valid -> valid ? recordIntent(request) : Uni.createFrom().item(false))
        .chain(allowed -> allowed ? hand(recipient, request, route) : notSent(recipient))
        .onTermination()
        .invoke(permits::release);
  }

  private static Uni<Boolean> stillValid(DeliveryRequest request) {
    return Uni.createFrom().completionStage(() -> request.stillValid().get().toCompletionStage());
  }

  /** That client cannot wait before the final dot: the intent is recorded before it starts. */
  private static Uni<Boolean> recordIntent(DeliveryRequest request) {
    return request.gate().needsIntent()
        ? Uni.createFrom()
            .completionStage(() -> request.gate().recordIntent().toCompletionStage())
            .replaceWith(true)
            .onFailure()
            .recoverWithItem(false)
        : Uni.createFrom().item(true);
  }

  private Uni<Answer> hand(Recipient recipient, DeliveryRequest request, Route route) {
    if (!request.gate().isOpen()) {
      return notSent(recipient);
    }
    MailMessage message = messages.write(request, recipient.address());
    return Uni.createFrom()
        .completionStage(() -> client(route).sendMail(message).toCompletionStage())
        .ifNoItem()
        .after(SEND_TIMEOUT)
        .fail()
        .map(result -> accepted(recipient, result))
        .onFailure()
        .recoverWithItem(failure -> failed(recipient, route, failure));
  }

  private Answer failed(Recipient recipient, Route route, Throwable failure) {
    return VertxMailFailures.answer(
        recipient.index(), new Refusals(rules.of(route.name())), failure);
  }

  private MailClient client(Route route) {
    return clients.computeIfAbsent(
        route.name(), name -> MailClient.create(vertx, VertxMailConfig.of(route, connections)));
  }

  private static Answer accepted(Recipient recipient, MailResult result) {
    // The client drops the server's last line, so there is no reply to show.
    return new Answer(recipient.index(), Fate.ACCEPTED, "done", Optional.empty(), "");
  }

  private static Uni<Answer> notSent(Recipient recipient) {
    return Uni.createFrom()
        .item(new Answer(recipient.index(), Fate.NOT_SENT, "connecting", Optional.empty(), ""));
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
