package dev.postrider.chaos;

/**
 * How large one scenario is.
 *
 * @param mails accepted in all
 * @param perSecond mails the producer writes in a second, at most
 * @param faults how often the fault strikes
 */
record Size(int mails, int perSecond, int faults) {}
