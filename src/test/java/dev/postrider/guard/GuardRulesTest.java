package dev.postrider.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.postrider.mail.Mail.Terms;
import dev.postrider.mail.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GuardRulesTest {

  private static final Instant NOW = Instant.ofEpochMilli(1_700_000_000_000L);

  @Test
  void checks_what_ends_a_mail_before_its_time() {
    // Everything holds at once; one cause after the other is taken away.
    Terms all = GuardsTest.terms(Map.of("t", 1L), NOW.plusSeconds(60), NOW);
    Terms unexpired = GuardsTest.terms(Map.of("t", 1L), NOW.plusSeconds(60), NOW.plusMillis(1));
    Terms valid = GuardsTest.terms(Map.of("t", 2L), NOW.plusSeconds(60), null);
    Terms due = GuardsTest.terms(Map.of("t", 2L), NOW, null);
    Topics.Versions cancelled = new Topics.Versions(Map.of("mail/m", "1", "t", "2"));
    Topics.Versions open = new Topics.Versions(Map.of("t", "2"));
    List<Verdict> verdicts = new ArrayList<>();
    verdicts.add(decide(all, true, true, cancelled));
    verdicts.add(decide(all, false, true, cancelled));
    verdicts.add(decide(all, false, false, cancelled));
    verdicts.add(decide(all, false, false, open));
    verdicts.add(decide(unexpired, false, false, open));
    verdicts.add(decide(valid, false, false, open));
    verdicts.add(decide(due, false, false, open));
    assertEquals(
        List.of(
            new Verdict.Paused(),
            new Verdict.Skip(Reason.DUPLICATE),
            new Verdict.Skip(Reason.CANCELLED),
            new Verdict.Skip(Reason.EXPIRED),
            new Verdict.Skip(Reason.SUPERSEDED),
            new Verdict.NotYet(NOW.plusSeconds(60)),
            new Verdict.Send()),
        verdicts);
  }

  @Test
  void takes_a_topic_that_was_never_bumped_for_version_0() {
    Topics.Versions none = new Topics.Versions(Map.of());
    assertEquals(
        new Verdict.Send(),
        decide(GuardsTest.terms(Map.of("t", 0L), null, null), false, false, none));
    assertEquals(
        new Verdict.Skip(Reason.SUPERSEDED),
        decide(GuardsTest.terms(Map.of("t", 1L), null, null), false, false, none));
  }

  private static Verdict decide(
      Terms terms, boolean paused, boolean duplicate, Topics.Versions versions) {
    GuardedMail mail = new GuardedMail("m", "1-1", terms, Optional.of("k"), false);
    QueueState queueState = new QueueState(NOW, paused, duplicate ? Set.of(mail) : Set.of());
    return GuardRules.of(mail, queueState, versions);
  }
}
