package dev.postrider.chaos.witness;

import dev.postrider.chaos.run.CheckResult;
import dev.postrider.chaos.run.FaultWindow;
import dev.postrider.chaos.run.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds three witnesses against each other: the producer's ledger, the sink's ledger and Redis.
 * Every accepted mail ends exactly once, and is taken once unless an incident explains more.
 */
public final class Checker {

  private static final int EXAMPLES_MAX = 5;

  private final Map<String, AcceptedMails> written;
  private final Map<String, List<Long>> taken;
  private final Ends ends;
  private final FaultWindow faultWindow;
  private final Losses losses;
  private final List<String> broken = new ArrayList<>();

  public Checker(
      Map<String, AcceptedMails> written,
      Map<String, List<Long>> taken,
      Ends ends,
      List<Incident> incidents) {
    this.written = written;
    this.taken = taken;
    this.ends = ends;
    this.faultWindow = new FaultWindow(incidents, taken, holding());
    this.losses = new Losses(incidents);
  }

  private Set<String> holding() {
    return written.values().stream()
        .filter(AcceptedMails::holds)
        .map(AcceptedMails::id)
        .collect(Collectors.toSet());
  }

  public CheckResult check() {
    List<AcceptedMails> accepted =
        written.values().stream().filter(AcceptedMails::accepted).toList();
    List<AcceptedMails> missing = accepted.stream().filter(this::lost).toList();
    List<AcceptedMails> erasable = accepted.stream().filter(losses::explains).toList();
    List<String> lost = ids(missing.stream().filter(mail -> !losses.explains(mail)).toList());
    List<String> twice = ids(accepted.stream().filter(mail -> ended(mail) > 1).toList());
    List<String> phantoms = taken.keySet().stream().filter(this::phantom).toList();
    List<String> unexplained = unexplained();
    complain("lost", lost);
    if (losses.none()) {
      complain("ended twice", twice);
    }
    complain("phantom", phantoms);
    complain("sent twice without cause", unexplained);
    if (ends.open() > 0) {
      broken.add(ends.open() + " still open");
    }
    int duplicates = taken.values().stream().mapToInt(times -> times.size() - 1).sum();
    return new CheckResult(
        accepted.size(),
        missing.size(),
        erasable.size(),
        duplicates,
        unexplained.size(),
        faultWindow.bound(),
        phantoms.size(),
        byOutcome(accepted),
        List.copyOf(broken));
  }

  private boolean lost(AcceptedMails mail) {
    List<String> outcomes = ends.of(mail.id());
    boolean arrived = taken.containsKey(mail.id());
    boolean withoutTrace = outcomes.isEmpty() && !(arrived && !losses.none());
    return withoutTrace || outcomes.contains("sent") && !arrived;
  }

  private int ended(AcceptedMails mail) {
    return ends.of(mail.id()).size();
  }

  private boolean phantom(String id) {
    AcceptedMails mail = written.get(id);
    return mail == null || mail.state() == AcceptedMails.State.REFUSED || mail.cancelledInTime();
  }

  private List<String> unexplained() {
    List<String> mails = taken.keySet().stream().filter(this::unexplained).toList();
    return mails.size() > faultWindow.slack() ? mails : List.of();
  }

  private boolean unexplained(String id) {
    return taken.get(id).size() - 1 > faultWindow.of(id);
  }

  private Map<String, Integer> byOutcome(List<AcceptedMails> accepted) {
    Map<String, Integer> counts = new TreeMap<>();
    accepted.stream()
        .map(mail -> ends.of(mail.id()))
        .flatMap(Collection::stream)
        .forEach(outcome -> counts.merge(outcome, 1, Integer::sum));
    return counts;
  }

  private static List<String> ids(List<AcceptedMails> mails) {
    return mails.stream().map(AcceptedMails::id).toList();
  }

  private void complain(String what, List<String> ids) {
    if (!ids.isEmpty()) {
      broken.add(
          "%d %s, such as %s"
              .formatted(ids.size(), what, ids.subList(0, Math.min(EXAMPLES_MAX, ids.size()))));
    }
  }
}
