package dev.postrider.mail;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What became of one attempt: exactly one of these, and never an exception. */
public sealed interface Outcome {

  /** The outcomes as the contract names them. */
  enum Kind {
    SENT,
    SKIPPED,
    SCHEDULED,
    /** Not tried and not told: the contract has no word for it. */
    PARKED,
    DEFERRED,
    DEAD,
    HELD;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Such as {@code sent}. */
    public String word() {
      return word;
    }
  }

  Kind kind();

  /** The word of the contract, such as {@code sent}. */
  default String word() {
    return kind().word();
  }

  /** Why, in one word, where it applies. */
  default Optional<Reason> reasonIfAny() {
    return Optional.empty();
  }

  /** RFC 6901 pointer of the fault in the mail; empty if the mail is not at fault. */
  default String pointer() {
    return "";
  }

  /** What was wrong with a dead mail, without addresses or content; empty for others. */
  default String detail() {
    return "";
  }

  /** What the server said, if it was asked. */
  default Optional<Receipt> receiptIfAny() {
    return Optional.empty();
  }

  /** The answer of the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One answer per case, so that none is forgotten. */
  interface Cases<R> {
    R sent(Sent sent);

    R sentInPart(SentInPart sentInPart);

    R skipped(Skipped skipped);

    R scheduled(Scheduled scheduled);

    R parked(Parked parked);

    R deferred(Deferred deferred);

    R dead(Dead dead);

    R held(Held held);
  }

  /** The server took it for at least one recipient, and for all others said no for good. */
  record Sent(Receipt receipt) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SENT;
    }

    @Override
    public Optional<Receipt> receiptIfAny() {
      return Optional.of(receipt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sent(this);
    }
  }

  /**
   * Some recipients got it earlier, and the others do not get it any more.
   *
   * @param reason why not, such as {@code expired}
   */
  record SentInPart(Reason reason) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SENT;
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return Optional.of(reason);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.sentInPart(this);
    }
  }

  /** A valid mail with nothing to do. */
  record Skipped(Reason reason) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SKIPPED;
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return Optional.of(reason);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.skipped(this);
    }
  }

  /** Not due yet. */
  record Scheduled(Instant due) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.SCHEDULED;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.scheduled(this);
    }
  }

  /**
   * Back in the schedule for a while, without an event: its route waits, or has no slot for it.
   *
   * @param delay until it comes up again
   * @param failed a try that failed; its mail was told of before. Empty if it was not tried
   */
  record Parked(Duration delay, Optional<Deferred> failed) implements Outcome {

    /** It was not tried. */
    public Parked(Duration delay) {
      this(delay, Optional.empty());
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return failed.map(Deferred::reason);
    }

    @Override
    public Optional<Receipt> receiptIfAny() {
      return failed.map(Deferred::receipt);
    }

    @Override
    public Kind kind() {
      return Kind.PARKED;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.parked(this);
    }
  }

  /**
   * Tried again after a delay.
   *
   * @param counted whether the try used up one of the attempts
   * @param trouble what the try says about more than this mail; empty if nothing
   */
  record Deferred(
      Reason reason,
      Duration delay,
      boolean counted,
      Receipt receipt,
      Optional<RouteTrouble> trouble)
      implements Outcome {

    /** It says nothing about other mail. */
    public Deferred(Reason reason, Duration delay, boolean counted, Receipt receipt) {
      this(reason, delay, counted, receipt, Optional.empty());
    }

    /** The same after another delay. */
    public Deferred after(Duration other) {
      return new Deferred(reason, other, counted, receipt, trouble);
    }

    @Override
    public Kind kind() {
      return Kind.DEFERRED;
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return Optional.of(reason);
    }

    @Override
    public Optional<Receipt> receiptIfAny() {
      return Optional.of(receipt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.deferred(this);
    }
  }

  /**
   * Never going to work, or out of attempts.
   *
   * @param pointer RFC 6901 pointer of the fault in the mail; empty if the mail is not at fault
   * @param detail what was wrong, without addresses or content
   */
  record Dead(Reason reason, String pointer, String detail, Optional<Receipt> receipt)
      implements Outcome {
    @Override
    public Kind kind() {
      return Kind.DEAD;
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return Optional.of(reason);
    }

    @Override
    public Optional<Receipt> receiptIfAny() {
      return receipt;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dead(this);
    }
  }

  /** Lost after the final dot, and the mail asked not to be resent blindly. */
  record Held(Receipt receipt) implements Outcome {
    @Override
    public Kind kind() {
      return Kind.HELD;
    }

    @Override
    public Optional<Reason> reasonIfAny() {
      return Optional.of(Reason.UNKNOWN);
    }

    @Override
    public Optional<Receipt> receiptIfAny() {
      return Optional.of(receipt);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.held(this);
    }
  }
}
