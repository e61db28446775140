package dev.postrider.chaos.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * One line of the table of results.
 *
 * @param incidents crashes and other moments at which mails became uncertain
 * @param remarks figures that have no column
 * @param broken promises; empty if all were kept
 */
public record Result(
    Scenario scenario,
    long seed,
    CheckResult checkResult,
    int incidents,
    List<String> remarks,
    List<String> broken,
    Duration took) {

  static final String HEAD =
      "| | fault | mails | sent | skipped | held | dead | faults | lost | phantoms | sent twice | bound"
          + " | s | seed |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %,d | %,d | %,d | %,d | %,d | %,d | %s | %,d | %,d | %,d | %d | %d |%n",
        scenario.name(),
        scenario.fault(),
        checkResult.accepted(),
        ended("sent"),
        ended("skipped"),
        ended("held"),
        ended("dead"),
        incidents,
        lost(),
        checkResult.phantoms(),
        checkResult.duplicates(),
        checkResult.bound(),
        took.toSeconds(),
        seed);
  }

  /** With a bound where Redis itself loses. */
  private String lost() {
    String lost = String.format(Locale.ROOT, "%,d", checkResult.lost());
    return checkResult.mayBeLost() == 0
        ? lost
        : lost + String.format(Locale.ROOT, " of %,d", checkResult.mayBeLost());
  }

  private int ended(String outcome) {
    return checkResult.ends().getOrDefault(outcome, 0);
  }
}
