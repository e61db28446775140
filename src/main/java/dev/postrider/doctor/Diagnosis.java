package dev.postrider.doctor;

/**
 * One thing that was looked at.
 *
 * @param grade how it stands
 * @param subject what it is about, such as {@code redis eviction} or {@code route default}
 * @param detail what was seen, in words
 * @param advice what to do, in one sentence; empty if all is well
 */
public record Diagnosis(Grade grade, String subject, String detail, String advice) {

  /** How something stands, from good to bad. */
  public enum Grade {
    /** As it should be. */
    OK,
    /** Works, but somebody should look. */
    WARN,
    /** Mail is lost or stands still. */
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
