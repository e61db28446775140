package dev.postrider.smtp;

import java.util.Set;

/**
 * Decides from the mails of one pool whether its server does what it offers: BDAT, and replies to
 * all commands of one write. What worked before is not doubted for one lost connection. One per
 * pool; not thread-safe.
 */
final class ExtensionTrial {

  /** The server does not know BDAT, or not here. */
  private static final Set<Integer> UNKNOWN_COMMAND = Set.of(500, 501, 502, 503, 504);

  /** Once a group of commands was answered, so many losses in a row count as one at first. */
  private static final int LOSSES_MAX = 2;

  private final Workarounds workarounds;
  private boolean chunkingProved;
  private boolean pipeliningProved;
  private int pipeliningLosses;

  ExtensionTrial(Workarounds workarounds) {
    this.workarounds = workarounds;
  }

  /** Whether the content is still needed when it has left: BDAT may be refused. */
  boolean mayFail(TransactionPlan plan) {
    return plan.chunked() && !chunkingProved;
  }

  /**
   * The server has answered a mail.
   *
   * @return whether it failed with BDAT, so that the mail can go again at once by DATA
   */
  boolean answered(TransactionPlan plan, SendResult result) {
    if (result instanceof SendResult.Accepted) {
      chunkingProved |= plan.chunked();
      pipeliningProved |= plan.pipelined();
      pipeliningLosses = 0;
    }
    boolean refused =
        result instanceof SendResult.Refused refusal
            && refusal.command().equals("BDAT")
            && UNKNOWN_COMMAND.contains(refusal.reply().code());
    if (refused) {
      String reply = ((SendResult.Refused) result).reply().text();
      workarounds.begin(Workarounds.CHUNKING, "the server answered BDAT with " + reply);
    }
    return refused;
  }

  /**
   * The connection was lost, or had no reply in time, after at least one reply to this mail.
   *
   * @param step whose reply was awaited
   * @return whether an extension is the likely cause, so that the mail can go again at once without
   *     it, if it is surely not sent
   */
  boolean lost(TransactionPlan plan, DialogueStep step, String cause) {
    if (step == DialogueStep.CONTENT) {
      return plan.chunked() && !chunkingProved && begin(Workarounds.CHUNKING, "BDAT: " + cause);
    }
    if (!plan.pipelined()) {
      return false;
    }
    pipeliningLosses++;
    return (!pipeliningProved || pipeliningLosses >= LOSSES_MAX)
        && begin(Workarounds.PIPELINING, "several commands in one write: " + cause);
  }

  private boolean begin(String what, String cause) {
    workarounds.begin(what, cause);
    return true;
  }
}
