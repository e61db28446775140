package dev.postrider.chaos;

import java.util.function.IntFunction;

/**
 * What a producer writes.
 *
 * @param mails how many
 * @param perSecond at most
 * @param laterPercent so many of them are scheduled
 * @param latestSeconds at most so far ahead, at least one second
 * @param cancelledPercent so many are cancelled at once; these are scheduled ones too
 * @param recipient the first recipient of the n-th mail
 * @param key the n-th mail's idempotency key, or null
 * @param holds whether the n-th mail asks to be held if its fate is unknown
 * @param replicas so many must have a mail before the producer takes it for accepted
 */
record Load(
    int mails,
    int perSecond,
    int laterPercent,
    int latestSeconds,
    int cancelledPercent,
    IntFunction<String> recipient,
    IntFunction<String> key,
    IntFunction<Boolean> holds,
    int replicas) {

  /** The usual mix: 10 % for later, 2 % cancelled, 5 % with {@code hold}. */
  static Load mixed(Size size, int latestSeconds) {
    return new Load(
        size.mails(),
        size.perSecond(),
        10,
        latestSeconds,
        2,
        n -> "ana" + n + "@example.test",
        n -> null,
        n -> n % 20 == 7,
        0);
  }

  /** Mail that is due at once. */
  static Load direct(Size size) {
    return new Load(
        size.mails(),
        size.perSecond(),
        0,
        1,
        0,
        n -> "ana" + n + "@example.test",
        n -> null,
        n -> false,
        0);
  }

  /** The same, so many of them. */
  Load of(int count) {
    return new Load(
        count,
        perSecond,
        laterPercent,
        latestSeconds,
        cancelledPercent,
        recipient,
        key,
        holds,
        replicas);
  }

  /** The same for other recipients: their addresses may ask the sink for trouble. */
  Load to(IntFunction<String> recipients) {
    return new Load(
        mails,
        perSecond,
        laterPercent,
        latestSeconds,
        cancelledPercent,
        recipients,
        key,
        holds,
        replicas);
  }

  /** The same, held as told. */
  Load holding(IntFunction<Boolean> which) {
    return new Load(
        mails,
        perSecond,
        laterPercent,
        latestSeconds,
        cancelledPercent,
        recipient,
        key,
        which,
        replicas);
  }

  /** The same with idempotency keys. */
  Load keyed(IntFunction<String> keys) {
    return new Load(
        mails,
        perSecond,
        laterPercent,
        latestSeconds,
        cancelledPercent,
        recipient,
        keys,
        holds,
        replicas);
  }

  /** The same without cancellations: where Redis forgets, it may forget those. */
  Load uncancelled() {
    return new Load(
        mails, perSecond, laterPercent, latestSeconds, 0, recipient, key, holds, replicas);
  }

  /** The same, accepted only with so many copies. */
  Load copied(int copies) {
    return new Load(
        mails,
        perSecond,
        laterPercent,
        latestSeconds,
        cancelledPercent,
        recipient,
        key,
        holds,
        copies);
  }
}
