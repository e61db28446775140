package dev.postrider.bench.chart;

import java.util.Locale;

/** Writes SVG element by element; black on white, readable in print. */
final class Canvas {

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
      <rect width="100%%" height="100%%" fill="#fff"/>
      """;

  private final StringBuilder svg = new StringBuilder();

  Canvas(int width, int height) {
    svg.append(HEAD.formatted(width, height));
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Canvas text(double x, double y, String anchor, String text) {
    return element(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, escaped(text));
  }

  Canvas bar(double x, double y, double width, double height, String colour) {
    return element(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
        x, y, width, height, colour);
  }

  Canvas line(String points, String colour) {
    return element(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>%n",
        points, colour);
  }

  String done() {
    return svg + "</svg>\n";
  }

  private Canvas element(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
    return this;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** A figure as people read it. */
  static String number(double value) {
    return String.format(
        Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
  }
}
