package dev.postrider.queue;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of an entry. A newer one is named in the field {@code format}, or as the first member
 * of {@code progress}; without a name the format is 1. A worker leaves formats that it does not
 * know to newer workers.
 */
public final class EntryFormat {

  /** The newest format that this version reads. */
  public static final int KNOWN = 1;

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");
  private static final Pattern IN_PROGRESS = Pattern.compile("\\{\"format\":([1-9]\\d{0,8})\\b");
  private static final Pattern CONSUMER = Pattern.compile("format-([1-9]\\d{0,8})");

  /** Most bytes that the first member of {@code progress} may take. */
  private static final int FIRST_MEMBER_BYTES = 32;

  private EntryFormat() {}

  /** The format in the field; a value that is no format number is ignored. */
  static int ofField(String value) {
    return NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 1;
  }

  /** The format in the progress. */
  static int ofProgress(byte[] progress) {
    String head =
        new String(
            progress,
            0,
            Math.min(progress.length, FIRST_MEMBER_BYTES),
            StandardCharsets.ISO_8859_1);
    Matcher matcher = IN_PROGRESS.matcher(head);
    return matcher.lookingAt() ? Integer.parseInt(matcher.group(1)) : 1;
  }

  /** In whose name entries of a format wait for a worker that knows it. */
  static String consumerOf(int format) {
    return "format-" + format;
  }

  /** True if entries wait in this name that a reader of formats up to {@code known} must leave. */
  public static boolean isConsumerAbove(String consumer, int known) {
    Matcher matcher = CONSUMER.matcher(consumer);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) > known;
  }
}
