package dev.postrider.worker.fetch;

import dev.postrider.delivery.Routes;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Reason;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.queue.AttemptHistory;
import dev.postrider.queue.AttemptHistoryCodec;
import dev.postrider.queue.Entry;
import dev.postrider.worker.Attempt;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Reads entries into flights. An entry that cannot be read is a flight that is dead already. */
@Singleton
public final class Decoder {

  private static final Logger LOG = Logger.getLogger(Decoder.class);

  private static final String DELETED =
      "the entry was deleted from the stream before it was sent; never XDEL or trim this stream";
  private static final String NO_MAIL = "the entry has no field \"mail\"; XADD … * mail '{…}'";
  private static final String NO_PROGRESS =
      "the field \"progress\" is Postrider's own; producers write only \"mail\"";

  private final MailCodec codec;
  private final Routes routes;
  private final AttemptHistoryCodec attemptHistoryCodec = new AttemptHistoryCodec();

  Decoder(MailCodec codec, Routes routes) {
    this.codec = codec;
    this.routes = routes;
  }

  public Attempt decode(Entry entry) {
    long now = System.nanoTime();
    AttemptHistory attemptHistory = AttemptHistory.none(entry.id(), entry.traceparent());
    try {
      if (entry.progress().isPresent()) {
        attemptHistory = attemptHistoryCodec.decode(entry.progress().get(), entry.id());
      }
    } catch (IOException e) {
      return invalid(entry, attemptHistory, now, new InvalidMail("", NO_PROGRESS));
    }
    try {
      Mail mail = codec.decode(entry.mail().orElseThrow(() -> missing(entry)));
      routes.check(mail);
      return new Attempt(entry, attemptHistory, Optional.of(mail), now, Optional.empty());
    } catch (InvalidMail fault) {
      return invalid(entry, attemptHistory, now, fault);
    } catch (RuntimeException fault) {
      LOG.errorf(
          fault,
          "Entry %s met a fault of Postrider itself. It is dead, with its bytes; please report"
              + " this.",
          entry.id());
      return poison(entry, attemptHistory, now, fault);
    }
  }

  private static InvalidMail missing(Entry entry) {
    return new InvalidMail("", entry.presence() == Entry.Presence.DELETED ? DELETED : NO_MAIL);
  }

  /** It must not take the mails down that were read with it. */
  private static Attempt poison(
      Entry entry, AttemptHistory attemptHistory, long now, RuntimeException fault) {
    String detail = "a fault of Postrider itself: " + fault.getClass().getSimpleName();
    Outcome dead = new Outcome.Dead(Reason.POISON, "", detail, Optional.empty());
    return new Attempt(entry, attemptHistory, Optional.empty(), now, Optional.of(dead));
  }

  private static Attempt invalid(
      Entry entry, AttemptHistory attemptHistory, long now, InvalidMail fault) {
    Outcome dead =
        new Outcome.Dead(Reason.INVALID, fault.pointer(), fault.getMessage(), Optional.empty());
    return new Attempt(entry, attemptHistory, Optional.empty(), now, Optional.of(dead));
  }
}
