package dev.postrider.cli.enqueue;

import dev.postrider.cli.Terminal;
import dev.postrider.delivery.Routes;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.enqueue.EnqueueRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks all mail before any is added, as the HTTP API does, and reports the errors. */
final class MailValidation {

  /** A million mails may have the same error. */
  private static final int MESSAGES_MAX = 20;

  private final MailCodec codec;
  private final Routes routes;
  private final Terminal terminal;
  private int refused;

  MailValidation(MailCodec codec, Routes routes, Terminal terminal) {
    this.codec = codec;
    this.routes = routes;
    this.terminal = terminal;
  }

  /** The valid mails, in order. */
  List<EnqueueRequest> validate(MailInput.Content content) {
    List<EnqueueRequest> valid = new ArrayList<>();
    for (int i = 0; i < content.mails().size(); i++) {
      byte[] json = content.mails().get(i);
      try {
        Mail mail = codec.decode(json);
        routes.check(mail);
        valid.add(request(json, mail));
      } catch (InvalidMail error) {
        report(content.lines() ? "mail " + (i + 1) : "the mail", error);
      }
    }
    if (refused > MESSAGES_MAX) {
      terminal.message("postrider: … and %d more.".formatted(refused - MESSAGES_MAX));
    }
    return valid;
  }

  /** The number of invalid mails. */
  int refused() {
    return refused;
  }

  private static EnqueueRequest request(byte[] json, Mail mail) {
    return new EnqueueRequest(json, mail.id(), mail.terms().idempotencyKey(), Optional.empty());
  }

  private void report(String which, InvalidMail error) {
    refused++;
    if (refused <= MESSAGES_MAX) {
      String location = error.pointer().isEmpty() ? "" : " at " + error.pointer();
      terminal.message("postrider: %s%s: %s".formatted(which, location, error.getMessage()));
    }
  }
}
