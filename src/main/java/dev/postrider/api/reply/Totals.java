package dev.postrider.api.reply;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Outcomes since the queue was created; one mail may be scheduled and deferred several times. */
@Schema(description = "Outcomes since the queue was created")
public record Totals(long sent, long skipped, long scheduled, long deferred, long dead, long held) {

  static Totals of(Map<String, Long> counts) {
    return new Totals(
        counts.getOrDefault("sent", 0L),
        counts.getOrDefault("skipped", 0L),
        counts.getOrDefault("scheduled", 0L),
        counts.getOrDefault("deferred", 0L),
        counts.getOrDefault("dead", 0L),
        counts.getOrDefault("held", 0L));
  }

  static Totals sum(List<Totals> all) {
    return new Totals(
        sum(all, Totals::sent),
        sum(all, Totals::skipped),
        sum(all, Totals::scheduled),
        sum(all, Totals::deferred),
        sum(all, Totals::dead),
        sum(all, Totals::held));
  }

  private static long sum(List<Totals> all, ToLongFunction<Totals> part) {
    return all.stream().mapToLong(part).sum();
  }
}
