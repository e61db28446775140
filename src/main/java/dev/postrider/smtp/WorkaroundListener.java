package dev.postrider.smtp;

/** Hears of what a server offers and does not do; a pool tells it once each time it begins. */
@FunctionalInterface
public interface WorkaroundListener {

  /** Hears nothing. */
  WorkaroundListener NONE = (what, cause) -> {};

  /**
   * Not used for {@link Workarounds#KEPT}.
   *
   * @param what an extension, such as {@code CHUNKING}, or a login, such as {@code AUTH PLAIN}
   * @param cause the server's reply or the failure; may hold an address that the server repeats
   */
  void began(String what, String cause);
}
