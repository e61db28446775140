package dev.postrider.chaos.witness;

import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Incident.Kind;
import java.util.List;

/** The bound on losses: what Redis itself has forgotten, or what was erased in it. */
final class Losses {

  private final List<Incident> incidents;

  Losses(List<Incident> incidents) {
    this.incidents = incidents;
  }

  /** True if an incident explains that this mail is lost. */
  boolean explains(AcceptedMails mail) {
    return incidents.stream().anyMatch(incident -> explains(incident, mail));
  }

  private static boolean explains(Incident incident, AcceptedMails mail) {
    return switch (incident.kind()) {
      case ERASED -> incident.mails().contains(mail.id());
      case ROLLBACK ->
          mail.acceptedAt() >= incident.since() && mail.acceptedAt() <= incident.until();
      default -> false;
    };
  }

  /**
   * True if Redis has kept what it was told. If not, it may tell an end twice or no more: when its
   * file was cut within a transaction, it takes the half that is there for the beginning of the
   * next one.
   */
  boolean none() {
    return incidents.stream()
        .noneMatch(each -> each.kind() == Kind.ERASED || each.kind() == Kind.ROLLBACK);
  }
}
