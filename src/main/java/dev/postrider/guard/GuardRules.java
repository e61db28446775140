package dev.postrider.guard;

import dev.postrider.mail.Mail;
import dev.postrider.mail.Reason;

/** The order in which a mail's conditions are checked: those that end it come before its time. */
final class GuardRules {

  private GuardRules() {}

  static Verdict of(GuardedMail mail, QueueState queueState, Topics.Versions versions) {
    Mail.Terms terms = mail.terms();
    if (queueState.paused()) {
      return new Verdict.Paused();
    }
    if (queueState.duplicates().contains(mail)) {
      return new Verdict.Skip(Reason.DUPLICATE);
    }
    if (!versions.is(Topics.ofMail(mail.mailId()), 0)) {
      return new Verdict.Skip(Reason.CANCELLED);
    }
    if (terms.expiresAt().filter(end -> !queueState.now().isBefore(end)).isPresent()) {
      return new Verdict.Skip(Reason.EXPIRED);
    }
    if (!versions.areAll(terms.onlyIf())) {
      return new Verdict.Skip(Reason.SUPERSEDED);
    }
    if (terms
        .scheduledAt()
        .filter(due -> !mail.wasScheduled() && due.isAfter(queueState.now()))
        .isPresent()) {
      return new Verdict.NotYet(terms.scheduledAt().get());
    }
    return new Verdict.Send();
  }
}
