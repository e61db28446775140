package dev.postrider.doctor;

/**
 * The result of one check.
 *
 * @param grade how good it is
 * @param subject such as {@code redis eviction} or {@code route default}
 * @param detail what was found
 * @param advice what to do, in one sentence; empty if the grade is OK
 */
public record Diagnosis(Grade grade, String subject, String detail, String advice) {

  /** From good to bad. */
  public enum Grade {
    /** As it should be. */
    OK,
    /** Works, but needs an operator's attention. */
    WARN,
    /** Mail is lost or not sent. */
    FAIL
  }

  static Diagnosis ok(String subject, String detail) {
    return new Diagnosis(Grade.OK, subject, detail, "");
  }

  static Diagnosis warn(String subject, String detail, String advice) {
    return new Diagnosis(Grade.WARN, subject, detail, advice);
  }

  static Diagnosis fail(String subject, String detail, String advice) {
    return new Diagnosis(Grade.FAIL, subject, detail, advice);
  }
}
