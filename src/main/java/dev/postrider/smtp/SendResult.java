package dev.postrider.smtp;

import java.util.List;
import java.util.Optional;

/** The result of one mail: accepted, refused, surely not sent, or unknown. */
public sealed interface SendResult {

  /** How far the mail got. */
  Phase phase();

  /** Calls the one case that applies. */
  <R> R match(Cases<R> cases);

  /** One method per case, so that none is forgotten. */
  interface Cases<R> {
    /** The server accepted the mail. */
    R accepted(Accepted accepted);

    /** The server, or our check before it, refused the mail. */
    R refused(Refused refused);

    /** Surely not sent, and not refused. */
    R notSent(NotSent notSent);

    /** The server may have the mail. */
    R unknown(Unknown unknown);
  }

  /**
   * The server accepted the mail for at least one recipient.
   *
   * @param reply to the end of the content; often names the queue id
   * @param recipients one reply per recipient, in the order of the envelope; some may be refusals
   */
  record Accepted(Reply reply, List<Reply> recipients) implements SendResult {
    @Override
    public Phase phase() {
      return Phase.DONE;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.accepted(this);
    }
  }

  /**
   * Refused for all recipients; surely not sent.
   *
   * @param command the command refused, such as {@code RCPT}; {@code CONNECT} for the greeting,
   *     {@code .} for the content
   * @param reply the refusal that decides; of several refused recipients that of the first
   * @param recipients replies to RCPT received so far, in the order of the envelope
   */
  record Refused(Phase phase, String command, Reply reply, List<Reply> recipients)
      implements SendResult {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /**
   * Surely not sent, without a usable reply.
   *
   * @param cause for people; may name the server, never addresses, content or secrets
   * @param needsOperator whether waiting does not help: a setting of ours or of the server has to
   *     be changed. The cause then says which
   * @param tried false if the mail only waited for a connection: it says nothing about the server
   */
  record NotSent(Phase phase, String cause, boolean needsOperator, boolean tried)
      implements SendResult {

    /** What another attempt may overcome. */
    NotSent(Phase phase, String cause) {
      this(phase, cause, false);
    }

    /** What was tried and failed. */
    public NotSent(Phase phase, String cause, boolean needsOperator) {
      this(phase, cause, needsOperator, true);
    }

    /** What got no connection in time: tried if none was ready in all that time. */
    static NotSent late(boolean tried) {
      return new NotSent(Phase.CONNECTING, "no connection came free in time", false, tried);
    }

    /** What gave way to other mail or to a pause. */
    static NotSent untried(Phase phase, String cause) {
      return new NotSent(phase, cause, false, false);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notSent(this);
    }
  }

  /**
   * The end of the content was handed to the socket and no usable reply came: the server may have
   * accepted the mail (RFC 1047).
   *
   * @param reply what came instead of a reply to the content, if anything did
   * @param recipients replies to RCPT, in the order of the envelope; without pipelined content
   *     those accepted here are the ones that may have the mail
   */
  record Unknown(String cause, Optional<Reply> reply, List<Reply> recipients)
      implements SendResult {
    @Override
    public Phase phase() {
      return Phase.DOT;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.unknown(this);
    }
  }
}
