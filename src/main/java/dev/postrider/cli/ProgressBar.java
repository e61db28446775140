package dev.postrider.cli;

import java.time.Duration;

/**
 * Shows progress in one line of a terminal that is overwritten. Without a terminal it prints
 * nothing, so that logs stay readable.
 */
public final class ProgressBar {

  private static final int WIDTH = 30;
  private static final String ERASE = "\r\u001b[K";

  /** Redraws are no faster than a person reads. */
  private static final Duration REDRAW_INTERVAL = Duration.ofMillis(100);

  private final Terminal terminal;
  private final String label;
  private final int total;
  private final long startedAt = System.nanoTime();
  private long drawnAt = startedAt - REDRAW_INTERVAL.toNanos();

  public ProgressBar(Terminal terminal, String label, int total) {
    this.terminal = terminal;
    this.label = label;
    this.total = total;
  }

  public void show(int done) {
    long now = System.nanoTime();
    if (terminal.live() && now - drawnAt >= REDRAW_INTERVAL.toNanos()) {
      drawnAt = now;
      terminal.err().print(ERASE + line(done, Duration.ofNanos(now - startedAt)));
      terminal.err().flush();
    }
  }

  /** Erases the line. */
  public void end() {
    if (terminal.live()) {
      terminal.err().print(ERASE);
      terminal.err().flush();
    }
  }

  private String line(int done, Duration sinceStart) {
    int full = (int) ((long) WIDTH * done / Math.max(1, total));
    long rate = done * 1_000L / Math.max(1, sinceStart.toMillis());
    return "%-9s [%s%s] %3d%%  %s of %s  %s/s"
        .formatted(
            label,
            "#".repeat(full),
            "-".repeat(WIDTH - full),
            100L * done / Math.max(1, total),
            NumberFormat.of(done),
            NumberFormat.of(total),
            NumberFormat.of(rate));
  }
}
