package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.Rounds;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.chaos.storage.ClusterStorage;
import dev.postrider.chaos.storage.Storage;
import java.util.Set;

/** What happens to a Redis that others stand in for: its master dies, or a slot moves away. */
public final class ReplicaFaults {

  private static final int LATEST_SECONDS = 5;

  /** A replica that is further behind takes no part: the master would have stopped writing. */
  private static final long LAG_MAX_MS = 1_000;

  /**
   * What left then is with the mail server by now. The replica takes over only after a while: the
   * master must be missing for as long.
   */
  private static final long SENT_MS = 3_000;

  private ReplicaFaults() {}

  /** A producer takes Redis's word. */
  public static void killMaster(ScenarioRun scenarioRun, Size size) {
    killMaster(scenarioRun, size, Load.mixed(size, LATEST_SECONDS).uncancelled());
  }

  /** A producer waits until the replica has each mail: nothing is lost. */
  public static void killMasterWaiting(ScenarioRun scenarioRun, Size size) {
    scenarioRun.expect(checkResult -> checkResult.lost() == 0, "0 lost after WAIT 1");
    killMaster(scenarioRun, size, Load.mixed(size, LATEST_SECONDS).uncancelled().copied(1));
  }

  private static void killMaster(ScenarioRun scenarioRun, Size size, Load load) {
    scenarioRun.expect(
        checkResult -> !checkResult.ends().containsKey("dead"), "no living worker taken for dead");
    scenarioRun.startWorkers(2);
    Rounds rounds = new Rounds(scenarioRun, size, load);
    rounds.play(() -> fail(scenarioRun));
  }

  private static void fail(ScenarioRun scenarioRun) {
    Storage.Replicated storage = (Storage.Replicated) scenarioRun.storage();
    Set<String> pending = scenarioRun.pending();
    long killed = System.currentTimeMillis();
    storage.fail();
    storage.heal();
    long since = killed - LAG_MAX_MS;
    scenarioRun.note(new Incident(Incident.Kind.ROLLBACK, since, killed + SENT_MS, pending));
  }

  /** The queue's slot moves to another master while mail flows: nothing is lost or sent twice. */
  public static void moveSlot(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    ClusterStorage storage = (ClusterStorage) scenarioRun.storage();
    Load load = Load.mixed(size, LATEST_SECONDS).uncancelled();
    new Rounds(scenarioRun, size, load).play(storage::move);
  }
}
