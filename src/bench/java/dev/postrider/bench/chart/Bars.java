package dev.postrider.bench.chart;

import java.util.Map;

/**
 * One bar for each name, on a logarithmic scale: what is compared differs by factors.
 *
 * @param bars values in the order they are drawn, from zero up
 */
public record Bars(String title, Map<String, Double> bars) implements Chart {

  private static final int WIDTH = 760;
  private static final int LEFT = 240;
  private static final int LENGTH = 420;
  private static final int TOP = 44;
  private static final int STEP = 30;
  private static final int THICK = 20;
  private static final String OWN = "Postrider";
  private static final double LEAST = 0.1;
  private static final String OURS = "#1f6f8b";
  private static final String OTHERS = "#b8c4c9";

  @Override
  public String svg() {
    Canvas canvas = new Canvas(WIDTH, TOP + bars.size() * STEP + 20);
    canvas.text(16, 24, "start", title + " (logarithmic)");
    double low = bars.values().stream().mapToDouble(Bars::scaled).min().orElse(0) - 0.3;
    double high = bars.values().stream().mapToDouble(Bars::scaled).max().orElse(1);
    int y = TOP;
    for (Map.Entry<String, Double> bar : bars.entrySet()) {
      double length = LENGTH * (scaled(bar.getValue()) - low) / (high - low);
      canvas.text(LEFT - 10, y + 15, "end", bar.getKey());
      canvas.bar(LEFT, y, length, THICK, colour(bar.getKey()));
      canvas.text(LEFT + length + 8, y + 15, "start", Canvas.number(bar.getValue()));
      y += STEP;
    }
    return canvas.done();
  }

  /** Ours stands out where it is compared with others. */
  private String colour(String name) {
    return !bars.containsKey(OWN) || name.equals(OWN) ? OURS : OTHERS;
  }

  /** What rounds to nothing still has a place. */
  private static double scaled(double value) {
    return Math.log10(Math.max(value, LEAST));
  }
}
