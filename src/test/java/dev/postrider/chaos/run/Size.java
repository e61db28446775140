package dev.postrider.chaos.run;

/**
 * How large one scenario is.
 *
 * @param mails accepted in all
 * @param perSecond mails the producer writes in a second, at most
 * @param faults how often the fault strikes
 */
public record Size(int mails, int perSecond, int faults) {

  /** A part of it, at least one fault if there were any. */
  Size dividedBy(int divisor) {
    return new Size(
        Math.max(1, mails / divisor), perSecond, Math.max(Math.min(1, faults), faults / divisor));
  }
}
