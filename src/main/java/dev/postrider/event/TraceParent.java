package dev.postrider.event;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a producer's trace stands: W3C Trace Context, field {@code traceparent}.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId 16 hexadecimal digits, not all zero
 */
public record TraceParent(String traceId, String spanId) {

  /** Version, trace, span, flags; later versions may add more (§3.2.4). */
  private static final Pattern SYNTAX =
      Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.{0,200})?");

  private static final Pattern ZEROS = Pattern.compile("0+");
  private static final int SAMPLED = 1;

  /** Empty if it says nothing, or that this trace is not recorded. */
  public static Optional<TraceParent> parseSampled(String traceparent) {
    Matcher found = SYNTAX.matcher(traceparent);
    boolean kept =
        found.matches()
            && !ZEROS.matcher(found.group(1)).matches()
            && !ZEROS.matcher(found.group(2)).matches()
            && (Integer.parseInt(found.group(3), 16) & SAMPLED) != 0;
    return kept ? Optional.of(new TraceParent(found.group(1), found.group(2))) : Optional.empty();
  }
}
