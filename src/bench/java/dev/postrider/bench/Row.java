package dev.postrider.bench;

/** One workload whose figures go into a report of its own. */
public interface Row {

  /**
   * Runs it and checks that every mail was delivered exactly once.
   *
   * @throws IllegalStateException if a mail is missing or too many
   */
  void measure(Sizes sizes, Report report) throws Exception;
}
