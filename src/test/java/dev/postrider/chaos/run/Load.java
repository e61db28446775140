package dev.postrider.chaos.run;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * What a producer writes.
 *
 * @param size how many mails, and how many a second at most
 * @param times when they are due
 * @param words what the n-th mail is like
 * @param replicas so many must have a mail before the producer takes it for accepted
 */
public record Load(Size size, Times times, Words words, int replicas) {

  private static final Words PLAIN =
      new Words(n -> "ana" + n + "@example.test", n -> null, n -> false);

  /**
   * When mails are due.
   *
   * @param laterPercent so many of them are scheduled
   * @param latestSeconds at most so far ahead, at least one second
   * @param cancelledPercent so many are cancelled at once; these are scheduled ones too
   */
  record Times(int laterPercent, int latestSeconds, int cancelledPercent) {}

  /**
   * What differs from mail to mail.
   *
   * @param recipient the first recipient of the n-th mail
   * @param key the n-th mail's idempotency key, or null
   * @param holds whether the n-th mail asks to be held if its fate is unknown
   */
  record Words(IntFunction<String> recipient, IntFunction<String> key, IntPredicate holds) {}

  /** The usual mix: 10 % for later, 2 % cancelled, 5 % with {@code hold}. */
  public static Load mixed(Size size, int latestSeconds) {
    return new Load(size, new Times(10, latestSeconds, 2), PLAIN, 0).holding(n -> n % 20 == 7);
  }

  /** Mail that is due at once. */
  public static Load direct(Size size) {
    return new Load(size, new Times(0, 1, 0), PLAIN, 0);
  }

  int mails() {
    return size.mails();
  }

  int perSecond() {
    return size.perSecond();
  }

  /** The same, so many of them. */
  Load of(int count) {
    return new Load(new Size(count, perSecond(), size.faults()), times, words, replicas);
  }

  /** The same for other recipients: their addresses may ask the sink for trouble. */
  public Load to(IntFunction<String> recipients) {
    return with(new Words(recipients, words.key(), words.holds()));
  }

  /** The same, held as told. */
  public Load holding(IntPredicate which) {
    return with(new Words(words.recipient(), words.key(), which));
  }

  /** The same with idempotency keys. */
  public Load keyed(IntFunction<String> keys) {
    return with(new Words(words.recipient(), keys, words.holds()));
  }

  /** The same without cancellations: where Redis forgets, it may forget those. */
  public Load uncancelled() {
    Times kept = new Times(times.laterPercent(), times.latestSeconds(), 0);
    return new Load(size, kept, words, replicas);
  }

  /** The same, accepted only with so many copies. */
  public Load copied(int copies) {
    return new Load(size, times, words, copies);
  }

  private Load with(Words other) {
    return new Load(size, times, other, replicas);
  }
}
