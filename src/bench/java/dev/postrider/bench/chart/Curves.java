package dev.postrider.bench.chart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Curves over a logarithmic axis, from zero up.
 *
 * @param title what is drawn, with its unit
 * @param along what the axis below means
 * @param curves points of each by increasing x
 */
public record Curves(String title, String along, Map<String, List<Point>> curves) implements Chart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 360;
  private static final int LEFT = 70;
  private static final int RIGHT = 50;
  private static final int TOP = 50;
  private static final int BOTTOM = 60;
  private static final String GRID = "#d5dbde";
  private static final List<String> COLOURS = List.of("#1f6f8b", "#d1603d", "#6b8f3c", "#7a5c99");

  /** One measured value. */
  public record Point(double x, double y) {}

  @Override
  public String svg() {
    Canvas canvas = new Canvas(WIDTH, HEIGHT);
    canvas.text(16, 24, "start", title);
    canvas.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", along);
    canvas.bar(LEFT, y(0), WIDTH - LEFT - RIGHT, 1, GRID);
    canvas.bar(LEFT, y(highest()), WIDTH - LEFT - RIGHT, 1, GRID);
    canvas.text(LEFT - 8, y(0), "end", "0");
    canvas.text(LEFT - 8, y(highest()), "end", Canvas.number(highest()));
    int number = 0;
    for (Map.Entry<String, List<Point>> curve : curves.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      canvas.line(
          curve.getValue().stream().map(this::place).collect(Collectors.joining(" ")), colour);
      canvas.bar(LEFT + 180.0 * number, 34, 12, 4, colour);
      canvas.text(LEFT + 180.0 * number + 18, 41, "start", curve.getKey());
      number++;
    }
    points().forEach(point -> canvas.text(x(point.x()), HEIGHT - 36, "middle", axis(point.x())));
    return canvas.done();
  }

  private static String axis(double x) {
    return String.format(Locale.ROOT, "%,.0f", x);
  }

  private String place(Point point) {
    return String.format(Locale.ROOT, "%.1f,%.1f", x(point.x()), y(point.y()));
  }

  private double x(double value) {
    double low = points().stream().mapToDouble(Point::x).min().orElse(1);
    double high = points().stream().mapToDouble(Point::x).max().orElse(low);
    double part = high == low ? 0.5 : Math.log(value / low) / Math.log(high / low);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return HEIGHT - BOTTOM - value / highest() * (HEIGHT - TOP - BOTTOM);
  }

  private double highest() {
    return curves.values().stream()
        .flatMap(List::stream)
        .mapToDouble(Point::y)
        .filter(y -> y > 0)
        .max()
        .orElse(1);
  }

  /** Of the first curve: all are measured at the same places. */
  private List<Point> points() {
    return curves.values().iterator().next();
  }
}
