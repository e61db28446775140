package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.route.RouteAdvice;
import dev.postrider.delivery.route.RouteStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A route of a worker. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A route as this worker sees it; times are RFC 3339")
public record RouteReply(
    @Schema(examples = "default") String name,
    @Schema(
            description = "While a route waits, one mail at a time is tried",
            enumeration = {"healthy", "waiting"})
        String state,
    @Schema(
            nullable = true,
            description = "Why it waits",
            enumeration = {"throttled", "route-down", "connection"})
        String reason,
    @Schema(nullable = true, description = "When the trouble began") String since,
    @Schema(
            nullable = true,
            description = "What the server said or what happened, without addresses",
            examples = "535 5.7.8 Authentication credentials invalid")
        String reply,
    @Schema(nullable = true, description = "What to do about it") String advice,
    @Schema(nullable = true, description = "When the next mail is tried")
        @JsonProperty("next_probe")
        String nextProbe,
    @Schema(nullable = true, description = "Probes that failed in a row")
        @JsonProperty("failed_probes")
        Integer failedProbes,
    @Schema(description = "Mail that this worker has put back because of this route") int waiting,
    @Schema(
            nullable = true,
            description = "When the server last took a mail or refused one for its own sake")
        @JsonProperty("last_success")
        String lastSuccess,
    @Schema(description = "As of the last second") Connections connections) {

  /** The connections of a route. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "The connections of a route; 0 with postrider.transport=quarkus-mailer")
  public record Connections(
      @Schema(description = "Ready or busy") int open,
      @Schema(description = "Not yet ready") int connecting,
      @Schema(description = "How many there may be now; fewer while the server refuses some")
          int allowed,
      @Schema(description = "How many there may be by the settings") int configured,
      @Schema(nullable = true, description = "Why fewer are allowed than configured")
          @JsonProperty("why_fewer")
          String whyFewer) {}

  /** The state of a route with its times by the clock of this worker. */
  public static RouteReply of(RouteStatus status, List<ConnectionStats> stats, Instant now) {
    Optional<RouteStatus.Waiting> waiting = status.waiting();
    return new RouteReply(
        status.route(),
        waiting.isPresent() ? "waiting" : "healthy",
        waiting.map(one -> one.reason().word()).orElse(null),
        waiting.map(one -> time(now.minus(one.lasting()))).orElse(null),
        waiting.map(RouteStatus.Waiting::words).orElse(null),
        waiting.map(one -> RouteAdvice.of(status.route(), one.reason())).orElse(null),
        waiting.map(one -> time(now.plus(one.nextProbe()))).orElse(null),
        waiting.map(RouteStatus.Waiting::failedProbes).orElse(null),
        status.parked(),
        status.sinceSuccess().map(ago -> time(now.minus(ago))).orElse(null),
        connections(stats));
  }

  private static Connections connections(List<ConnectionStats> stats) {
    return new Connections(
        sum(stats, one -> one.idle() + one.busy()),
        sum(stats, ConnectionStats::connecting),
        sum(stats, ConnectionStats::allowed),
        sum(stats, ConnectionStats::configured),
        stats.stream()
            .flatMap(one -> one.shrunk().stream())
            .findFirst()
            .map(ConnectionStats.Adaptation::cause)
            .orElse(null));
  }

  private static int sum(List<ConnectionStats> stats, ToIntFunction<ConnectionStats> what) {
    return stats.stream().mapToInt(what).sum();
  }

  private static String time(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
