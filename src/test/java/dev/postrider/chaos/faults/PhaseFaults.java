package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Incident;
import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.PackagedWorker;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.support.proxy.Cut;
import dev.postrider.support.proxy.Direction;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Death and lost connections at a certain moment in the life of a mail. */
public final class PhaseFaults {

  /** The outcome among the arguments of a settling script. */
  private static final String SETTLE_SENT = "$4\r\nsent\r\n";

  /** Redis's answer that one mail was settled. */
  private static final String SETTLED_ONE = "*1\r\n:1\r\n";

  private static final IntPredicate EVERY_THIRD = n -> n % 3 == 2;

  private PhaseFaults() {}

  /** The mark that a note of an intent carries, among the arguments of its script. */
  private static final String INTENT = "$7\r\n1000000\r\n";

  /** Redis's answer that an intent was noted. */
  private static final String NOTED = ":1000000\r\n";

  /**
   * The server has not got the final dot: nothing is sent twice. What asked to be held is held only
   * if the dot had left towards a server that never read it.
   */
  public static void killBeforeDot(ScenarioRun scenarioRun, Size size) {
    int each = (int) IntStream.range(0, size.mails()).filter(n -> n % 6 == 5).count();
    int held = size.faults() * each;
    scenarioRun.expect(
        checkResult -> checkResult.ends().getOrDefault("held", 0) == held, held + " held");
    kill(scenarioRun, size, n -> (n % 2 == 0 ? "blackhole" : "blackhole-in-data") + "-1x+", false);
  }

  /** The server has the dot and has not answered: sent twice, unless it asked to be held. */
  public static void killAfterDot(ScenarioRun scenarioRun, Size size) {
    kill(scenarioRun, size, n -> "blackhole-dot-1x+", true);
    int each = (int) IntStream.range(0, size.mails()).filter(n -> !EVERY_THIRD.test(n)).count();
    int twice = size.faults() * each;
    scenarioRun.expect(checkResult -> checkResult.duplicates() == twice, twice + " sent twice");
  }

  private static void kill(
      ScenarioRun scenarioRun, Size size, IntFunction<String> trouble, boolean taken) {
    for (int fault = 0; fault < size.faults(); fault++) {
      String round = fault + "-";
      long before = scenarioRun.sink().counters().mails();
      PackagedWorker victim = scenarioRun.startWorker();
      scenarioRun.produceAll(
          Load.direct(size)
              .to(n -> trouble.apply(n) + round + n + "@example.test")
              .holding(EVERY_THIRD));
      scenarioRun.awaitAtServer(victim, size.mails());
      scenarioRun.awaitTaken(before + (taken ? size.mails() : 0));
      scenarioRun.kill9(victim);
      scenarioRun.finishWithNewWorker();
    }
  }

  /** The server has said 250 and Redis has not heard of it. */
  public static void killBeforeSettle(ScenarioRun scenarioRun, Size size) {
    killAtSettle(scenarioRun, size, Cut.before(Direction.UP, SETTLE_SENT));
  }

  /**
   * Redis has settled the mail and the worker does not know: never sent twice. Mail comes so slowly
   * that it is settled one by one.
   */
  public static void killAfterSettle(ScenarioRun scenarioRun, Size size) {
    killAtSettle(scenarioRun, size, Cut.before(Direction.DOWN, SETTLED_ONE));
  }

  /** The intent was not noted: no dot left, so even what asks to be held is sent, and once. */
  public static void killBeforeIntent(ScenarioRun scenarioRun, Size size) {
    scenarioRun.expect(checkResult -> checkResult.ends().getOrDefault("held", 0) == 0, "0 held");
    scenarioRun.expect(checkResult -> checkResult.duplicates() == 0, "0 sent twice");
    killAt(scenarioRun, size, Cut.before(Direction.UP, INTENT), n -> true);
  }

  /** The intent was noted and its worker was not told so: no dot left, and it cannot be known. */
  public static void killAfterIntent(ScenarioRun scenarioRun, Size size) {
    scenarioRun.expect(checkResult -> checkResult.duplicates() == 0, "0 sent twice");
    killAt(scenarioRun, size, Cut.before(Direction.DOWN, NOTED), n -> true);
  }

  private static void killAtSettle(ScenarioRun scenarioRun, Size size, Cut cut) {
    killAt(scenarioRun, size, cut, EVERY_THIRD);
  }

  private static void killAt(ScenarioRun scenarioRun, Size size, Cut cut, IntPredicate holding) {
    for (int fault = 0; fault < size.faults(); fault++) {
      PackagedWorker victim = scenarioRun.startBehindProxy();
      int cuts = scenarioRun.proxy().cuts();
      scenarioRun.proxy().cutOnce(cut);
      LoadProducer loadProducer = scenarioRun.produce(Load.direct(size).holding(holding));
      scenarioRun.proxy().awaitCuts(cuts + 1, ScenarioRun.WAIT_TIMEOUT);
      scenarioRun.kill9(victim);
      loadProducer.await();
      scenarioRun.finishWithNewWorker();
    }
  }

  /** The server takes the mail and hangs up without a word. */
  public static void dropAfterDot(ScenarioRun scenarioRun, Size size) {
    scenarioRun.startWorkers(2);
    int every = Math.max(2, size.mails() / Math.max(1, size.faults()));
    scenarioRun.note(new Incident(Incident.Kind.CRASH, Long.MAX_VALUE, resent(size, every)));
    int held = dropped(size, every).size() - resent(size, every).size();
    scenarioRun.expect(
        checkResult -> checkResult.ends().getOrDefault("held", 0) == held, held + " held");
    scenarioRun.produceAll(
        Load.direct(size)
            .to(n -> (n % every == 1 ? "drop-after-dot-1x+" : "ana+") + n + "@example.test")
            .holding(n -> n / every % 2 == 1));
  }

  private static List<Integer> dropped(Size size, int every) {
    return IntStream.range(0, size.mails()).filter(n -> n % every == 1).boxed().toList();
  }

  /** Those dropped that did not ask to be held. */
  private static Set<String> resent(Size size, int every) {
    return dropped(size, every).stream()
        .filter(n -> n / every % 2 == 0)
        .map(n -> "c0-" + n)
        .collect(Collectors.toSet());
  }
}
