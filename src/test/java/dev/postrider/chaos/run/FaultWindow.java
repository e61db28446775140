package dev.postrider.chaos.run;

import dev.postrider.chaos.run.Incident.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The bound on duplicates: over all incidents, the mails that the server had taken and the worker
 * had not yet settled. It is counted from the sink's ledger, not from what was sent twice.
 */
public final class FaultWindow {

  private final Map<String, List<Long>> taken;
  private final Set<String> holding;
  private final Map<String, Integer> explained = new LinkedHashMap<>();
  private final Map<String, Long> seenUntil = new LinkedHashMap<>();
  private int slack;

  /**
   * @param taken by mail, when the server took it
   * @param holding mails that must not be sent twice, crash or not
   */
  public FaultWindow(List<Incident> incidents, Map<String, List<Long>> taken, Set<String> holding) {
    this.taken = taken;
    this.holding = holding;
    List<Incident> inOrder = new ArrayList<>(incidents);
    inOrder.sort(Comparator.comparingLong(Incident::until));
    inOrder.forEach(this::add);
  }

  /** So many duplicates there may be in all. */
  public int bound() {
    return explained.values().stream().mapToInt(Integer::intValue).sum() + slack;
  }

  /** So often may this mail have been sent once more. */
  public int of(String mail) {
    return explained.getOrDefault(mail, 0);
  }

  /** So many mails may have been sent once more, without known ids. */
  public int slack() {
    return slack;
  }

  private void add(Incident incident) {
    slack += incident.kind() == Kind.SLEEP ? 1 : 0;
    repeatable(incident).forEach(mail -> explained.merge(mail, 1, Integer::sum));
  }

  private Set<String> repeatable(Incident incident) {
    return switch (incident.kind()) {
      case AMNESIA -> incident.mails();
      case ROLLBACK -> takenWithin(incident);
      case ERASED -> Set.of();
      case CRASH, SLEEP ->
          incident.mails().stream()
              .filter(mail -> uncertain(mail, incident.until()))
              .collect(Collectors.toSet());
    };
  }

  private Set<String> takenWithin(Incident incident) {
    Set<String> mails = new HashSet<>(incident.mails());
    taken.keySet().stream().filter(mail -> takenWithin(mail, incident)).forEach(mails::add);
    return mails;
  }

  private boolean takenWithin(String mail, Incident incident) {
    return taken.get(mail).stream()
        .anyMatch(at -> at >= incident.since() && at <= incident.until());
  }

  private boolean uncertain(String mail, long until) {
    long from = seenUntil.getOrDefault(mail, 0L);
    boolean had =
        taken.getOrDefault(mail, List.of()).stream().anyMatch(at -> at > from && at <= until);
    if (had) {
      seenUntil.put(mail, until);
    }
    return had && !holding.contains(mail);
  }
}
