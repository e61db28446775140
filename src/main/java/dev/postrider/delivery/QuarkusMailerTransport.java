package dev.postrider.delivery;

import dev.postrider.delivery.Letter.Recipient;
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
final class QuarkusMailerTransport implements Transport {

  /** RFC 5321 §4.5.3.2.6 asks for 10 minutes after the final dot alone. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private final Vertx vertx;
  private final Routes routes;
  private final int connections;
  private final StockMessages messages = new StockMessages();
  private final Map<String, MailClient> clients = new HashMap<>();
  private final Permits permits;

  QuarkusMailerTransport(Vertx vertx, Routes routes, int connections) {
    this.vertx = vertx;
    this.routes = routes;
    this.connections = connections;
    this.permits = new Permits(connections);
  }

  @Override
  @CheckReturnValue
  public Uni<Receipt> send(Letter letter) {
    Route route = routes.of(letter.mail());
    return Multi.createFrom()
        .iterable(letter.recipients())
        .onItem()
        .transformToUniAndConcatenate(recipient -> sendTo(recipient, letter, route))
        .collect()
        .asList()
        .map(answers -> new Receipt(route.name(), answers));
  }

  private Uni<Answer> sendTo(Recipient recipient, Letter letter, Route route) {
    return permits
        .acquire()
        .chain(waited -> waited ? letter.stillValid().get() : Uni.createFrom().item(true))
        .chain(valid -> valid ? noted(letter) : Uni.createFrom().item(false))
        .chain(noted -> noted ? hand(recipient, letter, route) : withdrawn(recipient))
        .onTermination()
        .invoke(permits::release);
  }

  /** That client cannot be asked to wait before the dot: so it is noted before it begins. */
  private static Uni<Boolean> noted(Letter letter) {
    return letter.lastWord().note().onFailure().recoverWithItem(false);
  }

  private Uni<Answer> hand(Recipient recipient, Letter letter, Route route) {
    if (!letter.lastWord().entitled()) {
      return withdrawn(recipient);
    }
    MailMessage message = messages.write(letter, recipient.address());
    return Uni.createFrom()
        .completionStage(() -> client(route).sendMail(message).toCompletionStage())
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(result -> accepted(recipient, result))
        .onFailure()
        .recoverWithItem(failure -> StockFailures.answer(recipient.place(), failure));
  }

  private MailClient client(Route route) {
    return clients.computeIfAbsent(
        route.name(), name -> MailClient.create(vertx, StockConfig.of(route, connections)));
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
  public List<Connections> connections() {
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
