package dev.postrider.doctor;

/**
 * One thing that was looked at.
 *
 * @param grade how it stands
 * @param subject what it is about, such as {@code redis eviction} or {@code route default}
 * @param detail what was seen, in words
 * @param advice what to do, in one sentence; empty if all is well
 */
public record Finding(Grade grade, String subject, String detail, String advice) {

  /** How something stands, from good to bad. */
  public enum Grade {
    /** As it should be. */
    OK,
    /** Works, but somebody should look. */
    WARN,
    /** Mail is lost or stands still. */
    FAIL
  }

  static Finding ok(String subject, String detail) {
    return new Finding(Grade.OK, subject, detail, "");
  }

  static Finding warn(String subject, String detail, String advice) {
    return new Finding(Grade.WARN, subject, detail, advice);
  }

  static Finding fail(String subject, String detail, String advice) {
    return new Finding(Grade.FAIL, subject, detail, advice);
  }
}
