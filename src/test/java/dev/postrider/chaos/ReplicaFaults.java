package dev.postrider.chaos;

import java.util.Set;

/** What happens to a Redis that others stand in for: its master dies, or a slot moves away. */
final class ReplicaFaults {

  private static final int LATEST_SECONDS = 5;

  /** A replica that is further behind takes no part: the master would have stopped writing. */
  private static final long LAG_MAX_MS = 1_000;

  /**
   * What left then is with the mail server by now. Nobody has taken the master's place so soon: it
   * must be missing for as long.
   */
  private static final long SENT_MS = 3_000;

  private ReplicaFaults() {}

  /** A producer takes Redis's word. */
  static void killMaster(Stage stage, Size size) {
    killMaster(stage, size, Load.mixed(size, LATEST_SECONDS).uncancelled());
  }

  /** A producer waits until the replica has each mail: nothing is lost. */
  static void killMasterWaiting(Stage stage, Size size) {
    stage.expect(verdict -> verdict.lost() == 0, "0 lost after WAIT 1");
    killMaster(stage, size, Load.mixed(size, LATEST_SECONDS).uncancelled().copied(1));
  }

  private static void killMaster(Stage stage, Size size, Load load) {
    stage.expect(verdict -> !verdict.ends().containsKey("dead"), "nobody taken for dead");
    stage.startWorkers(2);
    Rounds rounds = new Rounds(stage, size, load);
    rounds.play(() -> fail(stage));
  }

  private static void fail(Stage stage) {
    Storage.Replicated storage = (Storage.Replicated) stage.storage();
    Set<String> pending = stage.pending();
    long killed = System.currentTimeMillis();
    storage.fail();
    storage.heal();
    long since = killed - LAG_MAX_MS;
    stage.note(new Incident(Incident.Kind.ROLLBACK, since, killed + SENT_MS, pending));
  }

  /** The queue's slot moves to another master while mail flows: nothing is lost or sent twice. */
  static void moveSlot(Stage stage, Size size) {
    stage.startWorkers(2);
    SpreadStorage storage = (SpreadStorage) stage.storage();
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(stage, size, load).play(storage::move);
  }
}
