package dev.postrider.smtp;

/** Writes any text in letters, digits and hyphens (RFC 3492); only the way there. */
final class Punycode {

  private static final int BASE = 36;
  private static final int T_MIN = 1;
  private static final int T_MAX = 26;
  private static final int SKEW = 38;
  private static final int DAMP = 700;
  private static final int INITIAL_BIAS = 72;
  private static final int ASCII_END = 0x80;

  private final int[] points;
  private final StringBuilder output = new StringBuilder();
  private int bias = INITIAL_BIAS;

  private Punycode(int[] points) {
    this.points = points;
  }

  /** The text without the prefix {@code xn--}. It should be no longer than a label. */
  static String encode(String label) {
    return new Punycode(label.codePoints().toArray()).encode();
  }

  /** §6.3: the ASCII ones first, then the others from the lowest to the highest. */
  private String encode() {
    for (int point : points) {
      if (point < ASCII_END) {
        output.append((char) point);
      }
    }
    int basic = output.length();
    if (basic > 0) {
      output.append('-');
    }
    int handled = basic;
    int delta = 0;
    for (int point = ASCII_END; handled < points.length; point++) {
      int next = lowestFrom(point);
      delta += (next - point) * (handled + 1);
      point = next;
      for (int other : points) {
        if (other < point) {
          delta++;
        } else if (other == point) {
          write(delta);
          bias = adapt(delta, handled + 1, handled == basic);
          delta = 0;
          handled++;
        }
      }
      delta++;
    }
    return output.toString();
  }

  private int lowestFrom(int least) {
    int lowest = Integer.MAX_VALUE;
    for (int point : points) {
      if (point >= least) {
        lowest = Math.min(lowest, point);
      }
    }
    return lowest;
  }

  /** A number in digits of varying worth, the least first. */
  private void write(int delta) {
    int rest = delta;
    int k = BASE;
    int threshold = threshold(k);
    while (rest >= threshold) {
      digit(threshold + (rest - threshold) % (BASE - threshold));
      rest = (rest - threshold) / (BASE - threshold);
      k += BASE;
      threshold = threshold(k);
    }
    digit(rest);
  }

  private int threshold(int k) {
    return Math.max(T_MIN, Math.min(T_MAX, k - bias));
  }

  private void digit(int value) {
    output.append((char) (value < 26 ? 'a' + value : '0' + value - 26));
  }

  /** §6.1 */
  private static int adapt(int delta, int count, boolean first) {
    int rest = first ? delta / DAMP : delta / 2;
    rest += rest / count;
    int k = 0;
    while (rest > (BASE - T_MIN) * T_MAX / 2) {
      rest /= BASE - T_MIN;
      k += BASE;
    }
    return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
  }
}
