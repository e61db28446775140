package dev.postrider.bench.sender;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Report;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** Many connections held open by one process: heap each, and threads in all. */
final class MemoryRows {

  private static final int CONNECTIONS = 10_000;
  private static final int KIB = 1_024;

  /** Long enough to open them all while the first mail is still being looked at. */
  private static final Duration SERVER_THINKS = Duration.ofSeconds(30);

  /** Event loop, acceptors of Vert.x, and what a JVM of two processors brings along. */
  private static final int THREADS_MAX = 50;

  private final Report report;

  MemoryRows(Report report) {
    this.report = report;
  }

  void measure() throws Exception {
    String row = "%,d connections".formatted(CONNECTIONS);
    SinkOptions options = new SinkOptions().forgetsContent().delayPerMail(SERVER_THINKS);
    try (Sink sink = Sink.start(options)) {
      Process holder = Child.start(HoldingSender.class, "" + sink.port(), "" + CONNECTIONS);
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
      String[] lines = answers.lines().toArray(String[]::new);
      if (holder.waitFor() != 0 || sink.counters().mails() != CONNECTIONS + 1) {
        throw new IllegalStateException(
            sink.counters().mails() + " mails came, the sender said " + Arrays.toString(lines));
      }
      tell(row + " with a mail in flight", lines[0]);
      tell(row + " held open", lines[1]);
    }
  }

  private void tell(String row, String line) {
    double[] numbers = Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
    report.add(row, "heap each, KiB", numbers[0] / CONNECTIONS / KIB, Goal.atMost(20));
    report.add(row, "memory outside the heap each, KiB", numbers[1] / CONNECTIONS / KIB);
    report.add(row, "threads", numbers[2], Goal.atMost(THREADS_MAX));
  }
}
