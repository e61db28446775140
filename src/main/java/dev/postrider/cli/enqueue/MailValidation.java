package dev.postrider.cli.enqueue;

import dev.postrider.cli.Terminal;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.enqueue.EnqueueRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks at all mail before any of it is written, and says where the faults are. */
final class MailValidation {

  /** Who brings a million mails with the same fault need not read it a million times. */
  private static final int COMPLAINTS_MAX = 20;

  private final MailCodec codec;
  private final Terminal terminal;
  private int refused;

  MailValidation(MailCodec codec, Terminal terminal) {
    this.codec = codec;
    this.terminal = terminal;
  }

  /** The mails that break no rule, in order. */
  List<EnqueueRequest> inspect(MailInput.Content content) {
    List<EnqueueRequest> sound = new ArrayList<>();
    for (int i = 0; i < content.mails().size(); i++) {
      byte[] json = content.mails().get(i);
      try {
        sound.add(submission(json, codec.decode(json)));
      } catch (InvalidMail fault) {
        complain(content.lines() ? "mail " + (i + 1) : "the mail", fault);
      }
    }
    if (refused > COMPLAINTS_MAX) {
      terminal.note("postrider: … and %d more.".formatted(refused - COMPLAINTS_MAX));
    }
    return sound;
  }

  /** How many mails break a rule. */
  int refused() {
    return refused;
  }

  private static EnqueueRequest submission(byte[] json, Mail mail) {
    return new EnqueueRequest(json, mail.id(), mail.terms().idempotencyKey(), Optional.empty());
  }

  private void complain(String which, InvalidMail fault) {
    refused++;
    if (refused <= COMPLAINTS_MAX) {
      String place = fault.pointer().isEmpty() ? "" : " at " + fault.pointer();
      terminal.note("postrider: %s%s: %s".formatted(which, place, fault.getMessage()));
    }
  }
}
