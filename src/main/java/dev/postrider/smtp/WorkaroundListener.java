package dev.postrider.smtp;

/** Hears of what a server offers and does not do; may be called on any event loop. */
@FunctionalInterface
public interface WorkaroundListener {

  /** Hears nothing. */
  WorkaroundListener NONE = (what, cause) -> {};

  /**
   * Not used for {@link Workarounds#KEPT} from now on.
   *
   * @param what an extension, such as {@code CHUNKING}, or a login, such as {@code AUTH PLAIN}
   * @param cause the server's reply or the failure; may hold an address that the server repeats
   */
  void began(String what, String cause);
}
