package dev.postrider.bench.sender;

import dev.postrider.bench.part.SampleMails;
import dev.postrider.bench.process.Rounds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.StartTLSOptions;

/**
 * Sends with the client behind {@code quarkus-mailer}, set as the extension sets it. The extension
 * itself would come on top.
 */
public final class VertxMailSender {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final String text =
      SampleMails.all().get("text, 4 KiB, ASCII").body().text().orElseThrow();
  private final MailClient client;
  private final int connections;

  private VertxMailSender(int port, int connections) {
    this.connections = connections;
    this.client =
        MailClient.create(
            vertx,
            new MailConfig()
                .setHostname("127.0.0.1")
                .setPort(port)
                .setStarttls(StartTLSOptions.DISABLED)
                .setMaxPoolSize(connections)
                .setPipelining(true));
  }

  /** Arguments: port, connections. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    Child.serve(new VertxMailSender(port, Integer.parseInt(arguments[1]))::send);
  }

  private void send(int mails) {
    Rounds round = new Rounds(this::sendOne, mails);
    context.runOnContext(now -> round.start(connections));
    round.join();
  }

  private Future<?> sendOne() {
    return client.sendMail(new MailMessage("bench@client.test", "ana@x.test", "Your parcel", text));
  }
}
