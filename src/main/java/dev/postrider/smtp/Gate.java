package dev.postrider.smtp;

/**
 * Asked exactly once per mail, just before the end of its content leaves. A closed gate, or one
 * that throws, means that the mail is surely not sent.
 */
@FunctionalInterface
public interface Gate {

  /** Lets every mail pass. */
  Gate OPEN = () -> true;

  /** Whether the mail may still go out. Called on the event loop; must not block. */
  boolean open();
}
