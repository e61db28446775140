package dev.postrider.worker;

import dev.postrider.event.Meters;
import dev.postrider.event.Provider;
import dev.postrider.event.QueueMeters;
import dev.postrider.mail.Address;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.List;
import java.util.Optional;

/** Measures flights: what was decided about each, and what was written down in the end. */
final class FlightMeters {

  private final Meters meters;

  FlightMeters(Meters meters) {
    this.meters = meters;
  }

  /** An outcome is there. It is an attempt if a server was asked. */
  void decided(Flight flight, Outcome outcome) {
    Optional<Receipt> receipt = outcome.receipt();
    if (receipt.isPresent()) {
      long took = flight.tookNanos();
      String queue = flight.entry().queue();
      meters.tried(queue, provider(flight.mail().orElseThrow()), outcome, receipt.get(), took);
      if (flight.progress().attempts() + flight.progress().setbacks() == 0) {
        long sinceDue = System.currentTimeMillis() - flight.date();
        meters.queue(queue).waited(sinceDue * 1_000_000 - took);
      }
    }
  }

  /** The outcome is written, by this worker. */
  void settled(Flight flight, Outcome outcome) {
    QueueMeters queue = meters.queue(flight.entry().queue());
    if (flight.first()) {
      queue.add(QueueMeters.Count.ENQUEUED, 1);
    }
    queue.ended(outcome, System.currentTimeMillis() - flight.date());
  }

  /** Of several recipients the first one counts: an attempt is one, whomever it is for. */
  private static Provider provider(Mail mail) {
    List<Address> recipients =
        !mail.to().isEmpty() ? mail.to() : !mail.cc().isEmpty() ? mail.cc() : mail.bcc();
    return Provider.of(recipients.get(0));
  }
}
