package dev.postrider.bench.queue;

import dev.postrider.bench.Percentile;
import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import java.util.ArrayList;
import java.util.List;

/**
 * What moving due mail costs when so much waits.
 *
 * @param mails in the schedule while it was measured
 * @param microsEach CPU time of Redis for each mail moved
 * @param perSecond mails moved by one caller
 */
record ScheduleDepth(int mails, double microsEach, double perSecond) {

  /** Due at a time, so that even a shallow schedule is never deeper than it says. */
  static final int DUE = 1_000;

  /**
   * Lets some mail fall due and moves it, again and again.
   *
   * @param others mails that wait for a later time
   * @param repeats each of {@value #DUE} mails; the figures are the medians
   */
  static ScheduleDepth measure(
      BenchRedis benchRedis, Scheduled scheduled, int others, int repeats) {
    Promotions promotions = new Promotions(benchRedis, Postrider.QUEUE);
    List<Promotions.Cost> costs = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      scheduled.park(others, others + DUE, number -> 1);
      Promotions.Cost cost = promotions.run();
      if (cost.moved() != DUE) {
        throw new IllegalStateException(cost.moved() + " mails were moved, not " + DUE);
      }
      benchRedis.client().command("DEL", Postrider.key(Postrider.QUEUE, "ready"));
      costs.add(cost);
    }
    return new ScheduleDepth(
        others + DUE,
        Percentile.median(costs, Promotions.Cost::microsEach),
        Percentile.median(costs, Promotions.Cost::perSecond));
  }
}
