package dev.postrider.smtp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The dialogue of one mail: RSET, MAIL, RCPT, then DATA or BDAT, in as few writes as the plan
 * allows. Ends exactly once, in {@link Session#finished} or {@link Session#tryElsewhere}.
 *
 * <p>Only {@link #contentEnded} divides surely-not-sent from unknown: until the end of the content
 * was handed to the socket no server may deliver anything. A connection that breaks after that
 * without a word, and be it because it was stale, is unknown: whether the server read any of it
 * cannot be seen from here.
 */
final class Transaction implements Wire.Talk, Outflow.Watch {

  private final Session session;
  private final Wire wire;
  private final Timers timers;
  private final Parcel parcel;
  private final Plan plan;
  private final Answers answers;
  private final int size;
  private Script script;
  private Step step;
  private boolean answered;
  private boolean contentEnded;
  private boolean gateClosed;
  private boolean finished;

  Transaction(Session session, Wire wire, Timers timers, Parcel parcel, Plan plan) {
    this.session = session;
    this.wire = wire;
    this.timers = timers;
    this.parcel = parcel;
    this.plan = plan;
    this.answers = new Answers(parcel.envelope().recipients().size());
    this.size = parcel.message().length() + Outflow.lastLineEnd(parcel.message()).length();
    this.step = plan.first();
  }

  void start() {
    prepare().ifPresentOrElse(this::finish, this::speak);
  }

  private Optional<Transmission> prepare() {
    try {
      Paths paths = Paths.of(parcel.envelope());
      script = new Script(plan, paths, size);
      return Obstacle.in(paths, size, plan.offered());
    } catch (IllegalArgumentException e) {
      return Optional.of(Obstacle.badDomain());
    }
  }

  /**
   * What may leave behind the content of another mail; empty if this mail cannot be sent at all.
   */
  Optional<Buffer> envelope() {
    return prepare().isEmpty() ? Optional.of(script.group()) : Optional.empty();
  }

  /** Its turn has come; its envelope has left before. */
  void follow() {
    awaitReply();
  }

  private void speak() {
    awaitReply();
    if (plan.inOne()) {
      Outflow.chunk(wire, this, script.group(), parcel.message()).start();
    } else if (plan.pipelined()) {
      wire.write(script.group());
    } else {
      wire.write(script.command(step, 0));
    }
  }

  // --- replies

  @Override
  public void replied() {
    boolean first = !answered;
    answered = true;
    if (wire.code() == Reply.CLOSING && step != Step.CONTENT) {
      serverCloses(first);
    } else if (wire.code() / 100 == 3 && step != Step.DATA && step != Step.LONE_DOT) {
      outOfTurn();
    } else {
      heard();
    }
  }

  private void heard() {
    switch (step) {
      case RSET -> next(Step.MAIL); // refused or not: MAIL will tell whether it mattered
      case MAIL -> mailAnswered();
      case RCPT -> recipientAnswered();
      case DATA -> dataAnswered();
      case LONE_DOT -> finish(answers.verdict().orElseThrow());
      case CONTENT -> contentAnswered();
    }
  }

  /** 421: nothing after it is looked at; yet with the content out, listen whether that is kept. */
  private void serverCloses(boolean first) {
    if (first && tryElsewhere()) {
      return; // the server was tired of waiting for us, not of this mail
    }
    answers.refused(step.name(), wire.reply());
    session.unusable();
    if (!contentEnded) {
      finish(answers.verdict().orElseThrow());
    } else {
      heard();
    }
  }

  private void mailAnswered() {
    if (wire.code() / 100 != 2) {
      answers.refused("MAIL", wire.reply());
    }
    if (!plan.pipelined() && answers.verdict().isPresent()) {
      finish(answers.verdict().get());
    } else {
      next(Step.RCPT);
    }
  }

  private void recipientAnswered() {
    answers.recipient(wire.reply());
    if (!answers.complete()) {
      next(Step.RCPT);
    } else if (plan.inOne()) {
      next(Step.CONTENT);
    } else if (plan.pipelined() && !plan.chunked()) {
      next(Step.DATA);
    } else {
      answers.verdict().ifPresentOrElse(this::finish, this::recipientsAccepted);
    }
  }

  private void recipientsAccepted() {
    if (plan.chunked()) {
      step = Step.CONTENT;
      Outflow.chunk(wire, this, script.command(Step.CONTENT, 0), parcel.message()).start();
    } else {
      next(Step.DATA);
    }
  }

  private void dataAnswered() {
    int category = wire.code() / 100;
    if (category == 3) {
      answers.verdict().ifPresentOrElse(this::sendNothing, this::sendContent);
    } else if (category == 2) {
      outOfTurn();
    } else {
      finish(answers.later(Phase.DATA, "DATA", wire.reply()));
    }
  }

  private void sendContent() {
    step = Step.CONTENT;
    Outflow.data(wire, this, parcel.message()).start();
  }

  /** RFC 2920 §3.1: a server that wants data although it refused everyone gets a lone dot. */
  private void sendNothing(Transmission verdict) {
    if (answers.noneAccepted()) {
      step = Step.LONE_DOT;
      awaitReply();
      wire.write(script.command(step, 0));
    } else { // MAIL refused and yet a recipient: a dot might deliver an empty mail
      session.unusable();
      finish(verdict);
    }
  }

  private void contentAnswered() {
    if (wire.code() / 100 > 3) {
      contentRefused(wire.reply());
    } else if (!contentEnded) {
      outOfTurn();
    } else if (answers.verdict().isEmpty()) {
      finish(answers.accepted(wire.reply()));
    } else if (answers.noneAccepted()) {
      finish(answers.verdict().get());
    } else {
      session.unusable();
      String cause = "the server refused the envelope and yet took the content";
      finish(answers.unknown(cause, wire.reply()));
    }
  }

  private void contentRefused(Reply reply) {
    if (!contentEnded || reply.closing()) {
      session.unusable(); // the rest of the content would be read as commands
    }
    finish(answers.later(phase(), plan.chunked() ? "BDAT" : ".", reply));
  }

  // --- the content leaves

  @Override
  public Optional<Future<Void>> beforeEnd() {
    if (!parcel.notes()) {
      return Optional.empty();
    }
    wire.await("the note before the end of the content", timers.block());
    return Optional.of(parcel.note());
  }

  @Override
  public boolean over() {
    return finished;
  }

  @Override
  public boolean mayEnd() {
    gateClosed = !parcel.mayEnd();
    contentEnded = !gateClosed;
    return contentEnded;
  }

  @Override
  public void flowing() {
    wire.await("the content", timers.block());
  }

  @Override
  public Buffer behindEnd() {
    return plan.pipelined() && !plan.chunked() ? session.lookAhead() : Outflow.NOTHING;
  }

  @Override
  public void ended() {
    parcel.contentLeft();
    awaitReply();
  }

  @Override
  public void stopped(boolean begun) {
    if (begun || step == Step.CONTENT) {
      session.unusable(); // the server waits for the rest, which must not come
    }
    finish(new Transmission.NotSent(Phase.DATA, "the gate was closed before the end was written"));
  }

  // --- the end

  @Override
  public void lost(String cause) {
    if (!finished && (answered || !tryElsewhere())) {
      finish(answers.lost(phase(), cause));
    }
  }

  /**
   * A connection that was left idle and is gone at the first word costs a reconnect, no attempt.
   */
  private boolean tryElsewhere() {
    boolean stale = !contentEnded && !gateClosed && session.used() && parcel.takeSecondTry();
    if (stale) {
      finished = true;
      session.tryElsewhere(parcel);
    }
    return stale;
  }

  private Phase phase() {
    return contentEnded ? Phase.DOT : step.phase();
  }

  private void outOfTurn() {
    wire.end("the server answered " + step + " out of turn with " + wire.code());
  }

  private void finish(Transmission outcome) {
    if (!finished) {
      finished = true;
      session.finished(parcel, outcome);
    }
  }

  private void next(Step following) {
    step = following;
    awaitReply();
    if (!plan.pipelined()) {
      wire.write(script.command(step, answers.heard()));
    }
  }

  private void awaitReply() {
    wire.await(step.toString(), step.time(timers));
  }
}
