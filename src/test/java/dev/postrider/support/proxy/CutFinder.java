package dev.postrider.support.proxy;

import java.util.Arrays;
import java.util.OptionalInt;

/** Finds the place of a cut in the bytes of one direction, wherever the packets begin and end. */
final class CutFinder {

  private static final byte[] NONE = {};

  private final Cut cut;
  private byte[] tail = NONE;
  private long passed;

  CutFinder(Cut cut) {
    this.cut = cut;
  }

  Cut cut() {
    return cut;
  }

  /** How many bytes of this packet still pass, if the cut is in it. */
  OptionalInt find(byte[] packet) {
    OptionalInt place =
        cut.pattern().map(each -> match(each, packet)).orElseGet(() -> count(packet));
    passed += packet.length;
    return place;
  }

  private OptionalInt count(byte[] packet) {
    boolean here = passed + packet.length >= cut.bytes();
    return here ? OptionalInt.of((int) Math.max(0, cut.bytes() - passed)) : OptionalInt.empty();
  }

  private OptionalInt match(byte[] pattern, byte[] packet) {
    byte[] seen = Arrays.copyOf(tail, tail.length + packet.length);
    System.arraycopy(packet, 0, seen, tail.length, packet.length);
    int start = indexOf(seen, pattern);
    int tailBefore = tail.length;
    tail = Arrays.copyOfRange(seen, Math.max(0, seen.length - pattern.length + 1), seen.length);
    if (start < 0) {
      return OptionalInt.empty();
    }
    int place = cut.behind() ? start + pattern.length : start;
    return OptionalInt.of(Math.max(0, place - tailBefore));
  }

  private static int indexOf(byte[] bytes, byte[] pattern) {
    for (int i = 0; i + pattern.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i;
      }
    }
    return -1;
  }
}
