package dev.postrider.worker;

import dev.postrider.delivery.Routes;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailCodec;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.queue.Entry;
import dev.postrider.queue.Progress;
import dev.postrider.queue.ProgressCodec;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads entries into flights. An entry that cannot be read is a flight that is dead already. */
@Singleton
final class Decoder {

  private static final Logger LOG = Logger.getLogger(Decoder.class);

  private static final String DELETED =
      "the entry was deleted from the stream before it was sent; never XDEL or trim this stream";
  private static final String NO_MAIL = "the entry has no field \"mail\"; XADD … * mail '{…}'";
  private static final String NO_PROGRESS =
      "the field \"progress\" is Postrider's own; producers write only \"mail\"";

  private final MailCodec codec;
  private final Routes routes;
  private final ProgressCodec progressCodec = new ProgressCodec();

  Decoder(MailCodec codec, Routes routes) {
    this.codec = codec;
    this.routes = routes;
  }

  Flight decode(Entry entry) {
    long now = System.nanoTime();
    Progress progress = Progress.none(entry.id(), entry.traceparent());
    try {
      if (entry.progress().isPresent()) {
        progress = progressCodec.decode(entry.progress().get(), entry.id());
      }
    } catch (IOException e) {
      return invalid(entry, progress, now, new InvalidMail("", NO_PROGRESS));
    }
    try {
      Mail mail = codec.decode(entry.mail().orElseThrow(() -> missing(entry)));
      routes.check(mail);
      return new Flight(entry, progress, Optional.of(mail), now, Optional.empty());
    } catch (InvalidMail fault) {
      return invalid(entry, progress, now, fault);
    } catch (RuntimeException fault) {
      LOG.errorf(
          fault,
          "Entry %s met a fault of Postrider itself. It is dead, with its bytes; please report"
              + " this.",
          entry.id());
      return poison(entry, progress, now, fault);
    }
  }

  private static InvalidMail missing(Entry entry) {
    return new InvalidMail("", entry.deleted() ? DELETED : NO_MAIL);
  }

  /** It must not take the mails down that were read with it. */
  private static Flight poison(Entry entry, Progress progress, long now, RuntimeException fault) {
    String detail = "a fault of Postrider itself: " + fault.getClass().getSimpleName();
    Outcome dead = new Outcome.Dead(Reason.POISON, "", detail, Optional.empty());
    return new Flight(entry, progress, Optional.empty(), now, Optional.of(dead));
  }

  private static Flight invalid(Entry entry, Progress progress, long now, InvalidMail fault) {
    Outcome dead =
        new Outcome.Dead(Reason.INVALID, fault.pointer(), fault.getMessage(), Optional.empty());
    return new Flight(entry, progress, Optional.empty(), now, Optional.of(dead));
  }
}
