package dev.postrider.smtp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * The dialogue of one mail: RSET, MAIL, RCPT, then DATA or BDAT, in as few writes as the server
 * allows. Ends exactly once, in {@link Session#finished} or {@link Session#tryElsewhere}.
 *
 * <p>Only {@link #contentEnded} divides surely-not-sent from unknown: until the end of the content
 * was handed to the socket no server may deliver anything. A connection that breaks after that
 * without a word, and be it because it was stale, is unknown: whether the server read any of it
 * cannot be seen from here. Hence the plan for a rested connection does not send all in one write.
 */
final class Transaction implements Wire.Talk, Outflow.Watch {

  private enum Step {
    RSET,
    MAIL,
    RCPT,
    DATA,
    LONE_DOT,
    CONTENT
  }

  private final Session session;
  private final Wire wire;
  private final Timers timers;
  private final Parcel parcel;
  private final Answers answers;
  private final Plan plan;
  private Paths paths;
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
  }

  /** How one mail is to be spoken. */
  record Plan(
      Capabilities offered, boolean pipelined, boolean chunked, boolean inOne, boolean reset) {}

  void start() {
    try {
      paths = Paths.of(parcel.envelope());
    } catch (IllegalArgumentException e) {
      finish(Obstacle.badDomain());
      return;
    }
    Optional<Transmission> obstacle = Obstacle.in(paths, size(), plan.offered());
    if (obstacle.isPresent()) {
      finish(obstacle.get());
      return;
    }
    step = plan.reset() ? Step.RSET : Step.MAIL;
    if (plan.pipelined()) {
      writeEnvelope();
    } else {
      writeStep();
    }
  }

  /** PIPELINING: all commands up to DATA in one write, or with CHUNKING the whole mail. */
  private void writeEnvelope() {
    Commands commands = new Commands(256);
    if (plan.reset()) {
      commands.reset();
    }
    mail(commands);
    paths.recipients().forEach(commands::rcpt);
    awaitReply();
    if (plan.inOne()) {
      Outflow.chunk(wire, this, commands.chunk(size()).bytes(), parcel.message()).start();
    } else {
      wire.write(plan.chunked() ? commands.bytes() : commands.data().bytes());
    }
  }

  /** Without PIPELINING: one command, one reply. */
  private void writeStep() {
    Commands commands = new Commands(128);
    switch (step) {
      case RSET -> commands.reset();
      case MAIL -> mail(commands);
      case RCPT -> commands.rcpt(paths.recipients().get(answers.heard()));
      case DATA -> commands.data();
      case LONE_DOT, CONTENT -> throw new IllegalStateException("no command: " + step);
    }
    awaitReply();
    wire.write(commands.bytes());
  }

  @Override
  public void replied() {
    answered = true;
    if (wire.code() == Reply.CLOSING && step != Step.CONTENT) {
      serverCloses();
      return;
    }
    switch (step) {
      case RSET -> next(Step.MAIL); // refused or not: MAIL will tell whether it mattered
      case MAIL -> mailAnswered();
      case RCPT -> recipientAnswered();
      case DATA -> dataAnswered();
      case LONE_DOT -> finish(answers.verdict().orElseThrow());
      case CONTENT -> contentAnswered();
    }
  }

  /**
   * 421: nothing after it is looked at, unless the server breaks its word, so listen if it could.
   */
  private void serverCloses() {
    if (!contentEnded && step == first() && session.used() && parcel.takeSecondTry()) {
      finished = true;
      session.tryElsewhere(parcel); // it was tired of waiting for us, not of this mail
      return;
    }
    answers.refused(step.name(), wire.reply());
    session.unusable();
    if (!contentEnded) {
      finish(answers.verdict().orElseThrow());
    } else if (step == Step.RCPT) {
      recipientAnswered();
    } else {
      step = step == Step.RSET ? Step.MAIL : Step.RCPT;
      wire.await("the end of the connection", timers.quit());
    }
  }

  private void mailAnswered() {
    if (unlessOutOfTurn()) {
      if (wire.code() / 100 != 2) {
        answers.refused("MAIL", wire.reply());
      }
      if (!plan.pipelined() && answers.verdict().isPresent()) {
        finish(answers.verdict().get());
      } else {
        next(Step.RCPT);
      }
    }
  }

  private void recipientAnswered() {
    if (unlessOutOfTurn()) {
      answers.recipient(wire.reply());
      if (!answers.complete()) {
        next(Step.RCPT);
      } else if (plan.inOne()) {
        next(Step.CONTENT);
      } else if (plan.pipelined() && !plan.chunked()) {
        next(Step.DATA);
      } else if (answers.verdict().isPresent()) {
        finish(answers.verdict().get());
      } else if (plan.chunked()) {
        step = Step.CONTENT;
        Buffer head = new Commands(32).chunk(size()).bytes();
        Outflow.chunk(wire, this, head, parcel.message()).start();
      } else {
        next(Step.DATA);
      }
    }
  }

  private void dataAnswered() {
    if (wire.code() / 100 == 3) {
      answers.verdict().ifPresentOrElse(this::sendNothing, this::sendContent);
    } else if (wire.code() / 100 == 2) {
      outOfTurn();
    } else {
      Reply reply = wire.reply();
      finish(answers.verdict().orElseGet(() -> refused(Phase.DATA, "DATA", reply)));
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
      wire.write(Buffer.buffer(".\r\n"));
    } else { // MAIL refused and yet a recipient: a dot might deliver an empty mail
      session.unusable();
      finish(verdict);
    }
  }

  private void contentAnswered() {
    int category = wire.code() / 100;
    if (category == 3) {
      outOfTurn();
    } else if (category > 3) {
      contentRefused(wire.reply());
    } else if (!contentEnded) {
      outOfTurn();
    } else if (answers.noneAccepted()) {
      finish(answers.verdict().orElseThrow());
    } else if (answers.verdict().isPresent()) {
      session.unusable();
      finish(
          unknown("the server refused MAIL and yet took the content", Optional.of(wire.reply())));
    } else {
      finish(new Transmission.Accepted(wire.reply(), answers.recipients()));
    }
  }

  private void contentRefused(Reply reply) {
    String command = plan.chunked() ? "BDAT" : ".";
    if (!contentEnded || reply.closing()) {
      session.unusable(); // the rest of the content would be read as commands
    }
    Phase phase = contentEnded ? Phase.DOT : Phase.DATA;
    finish(answers.verdict().orElseGet(() -> refused(phase, command, reply)));
  }

  @Override
  public void lost(String cause) {
    if (finished) {
      return;
    }
    if (!contentEnded && !answered && session.used() && !gateClosed && parcel.takeSecondTry()) {
      finished = true;
      session.tryElsewhere(parcel);
    } else {
      finish(answers.verdict().orElseGet(() -> outcomeOfLoss(cause)));
    }
  }

  private Transmission outcomeOfLoss(String cause) {
    return contentEnded
        ? unknown(cause, Optional.empty())
        : new Transmission.NotSent(phase(), cause);
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
  public void ended() {
    awaitReply();
  }

  @Override
  public void stopped(boolean begun) {
    if (begun || step == Step.CONTENT) {
      session.unusable(); // the server waits for the rest, which must not come
    }
    finish(new Transmission.NotSent(Phase.DATA, "the gate was closed before the end was written"));
  }

  private void next(Step following) {
    step = following;
    if (plan.pipelined()) { // written already
      awaitReply();
    } else {
      writeStep();
    }
  }

  private void awaitReply() {
    switch (step) {
      case RSET, MAIL, RCPT -> wire.await(step.name(), timers.envelope());
      case DATA -> wire.await("DATA", timers.data());
      case LONE_DOT, CONTENT -> wire.await("the end of the content", timers.dot());
    }
  }

  private boolean unlessOutOfTurn() {
    if (wire.code() / 100 == 3) {
      outOfTurn();
      return false;
    }
    return true;
  }

  private void outOfTurn() {
    wire.end("the server answered " + step + " out of turn with " + wire.code());
  }

  private void mail(Commands commands) {
    commands.mail(paths, plan.offered().offers("SIZE"), size());
  }

  private int size() {
    return parcel.message().length() + Outflow.lastLineEnd(parcel.message()).length();
  }

  private Step first() {
    return plan.reset() ? Step.RSET : Step.MAIL;
  }

  private Phase phase() {
    return step == Step.DATA || step == Step.CONTENT ? Phase.DATA : Phase.ENVELOPE;
  }

  private Transmission refused(Phase phase, String command, Reply reply) {
    return new Transmission.Refused(phase, command, reply, answers.recipients());
  }

  private Transmission unknown(String cause, Optional<Reply> reply) {
    return new Transmission.Unknown(cause, reply, answers.recipients());
  }

  private void finish(Transmission outcome) {
    if (!finished) {
      finished = true;
      session.finished(parcel, outcome);
    }
  }
}
