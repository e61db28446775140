package dev.postrider.cli;

import java.time.Duration;

/**
 * How far something has come, written over one line while somebody watches; where nobody does, it
 * says nothing, so that logs stay readable.
 */
public final class ProgressBar {

  private static final int WIDTH = 30;
  private static final String ERASE = "\r\u001b[K";

  /** Faster than anybody reads. */
  private static final Duration BEAT = Duration.ofMillis(100);

  private final Terminal terminal;
  private final String what;
  private final int total;
  private final long startedAt = System.nanoTime();
  private long drawnAt = startedAt - BEAT.toNanos();

  public ProgressBar(Terminal terminal, String what, int total) {
    this.terminal = terminal;
    this.what = what;
    this.total = total;
  }

  public void show(int done) {
    long now = System.nanoTime();
    if (terminal.live() && now - drawnAt >= BEAT.toNanos()) {
      drawnAt = now;
      terminal.err().print(ERASE + line(done, Duration.ofNanos(now - startedAt)));
      terminal.err().flush();
    }
  }

  /** Leaves the line as it was. */
  public void end() {
    if (terminal.live()) {
      terminal.err().print(ERASE);
      terminal.err().flush();
    }
  }

  String line(int done, Duration sinceStart) {
    int full = (int) ((long) WIDTH * done / Math.max(1, total));
    long rate = done * 1_000L / Math.max(1, sinceStart.toMillis());
    return "%-9s [%s%s] %3d%%  %s of %s  %s/s"
        .formatted(
            what,
            "#".repeat(full),
            "-".repeat(WIDTH - full),
            100L * done / Math.max(1, total),
            NumberFormat.of(done),
            NumberFormat.of(total),
            NumberFormat.of(rate));
  }
}
