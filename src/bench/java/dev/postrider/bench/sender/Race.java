package dev.postrider.bench.sender;

import dev.postrider.bench.process.PostfixSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lets senders take turns, so that other load on the machine affects all alike. */
final class Race {

  private static final int WARM_UP = 3;

  /** One sender before a sink of its own. */
  record Entrant(String name, Contender sender, PostfixSink sink, int mails) {}

  /** A round, and what the sink spent on it. */
  record Result(Round round, long sinkCpuNanos) {

    double sinkCpuMicros() {
      return sinkCpuNanos / 1e3 / round.mails();
    }
  }

  private final Map<Entrant, List<Result>> results = new LinkedHashMap<>();

  Race enter(Entrant entrant) {
    results.put(entrant, new ArrayList<>());
    return this;
  }

  /** Runs all, and ends every process. */
  Map<Entrant, List<Result>> run(int rounds) throws Exception {
    for (int number = 1; number <= WARM_UP + rounds; number++) {
      for (Map.Entry<Entrant, List<Result>> each : results.entrySet()) {
        Result result = measure(each.getKey(), number);
        System.out.printf(
            "%2d %-40s %,9.0f mails/s %8.1f µs%n",
            number - WARM_UP,
            each.getKey().name(),
            result.round().mailsPerSecond(),
            result.round().cpuMicros());
        if (number > WARM_UP) {
          each.getValue().add(result);
        }
      }
    }
    for (Entrant entrant : results.keySet()) {
      entrant.sender().close();
      entrant.sink().close();
    }
    return results;
  }

  private static Result measure(Entrant entrant, int number) throws Exception {
    long before = entrant.sink().cpuNanos();
    Round round = entrant.sender().round(entrant.mails());
    entrant.sink().mustHaveTaken((long) number * entrant.mails());
    return new Result(round, entrant.sink().cpuNanos() - before);
  }
}
