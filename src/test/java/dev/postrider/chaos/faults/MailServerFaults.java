package dev.postrider.chaos.faults;

import dev.postrider.chaos.run.Load;
import dev.postrider.chaos.run.LoadProducer;
import dev.postrider.chaos.run.ScenarioRun;
import dev.postrider.chaos.run.Size;
import dev.postrider.support.proxy.Direction;
import dev.postrider.support.proxy.Flow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What happens to the mail server: silence, slowness, refusals, lost connections. */
public final class MailServerFaults {

  private static final int LATEST_SECONDS = 5;

  /** Of twenty mails, what each meets; the rest meets nothing. */
  private static final Map<Integer, String> TROUBLES =
      Map.ofEntries(
          Map.entry(0, "450-1x"),
          Map.entry(2, "slow-dot-3000ms"),
          Map.entry(3, "450-1x"),
          Map.entry(5, "drop-in-data-1x"),
          Map.entry(6, "451-dot-1x"),
          Map.entry(8, "rst-data-1x"),
          Map.entry(10, "450-1x"),
          Map.entry(11, "452-dot-1x"),
          Map.entry(12, "garbage-1x"),
          Map.entry(13, "451-1x"),
          Map.entry(15, "550"),
          Map.entry(16, "blackhole-1x"),
          Map.entry(18, "drop-1x"));

  private static final int OF = 20;
  private static final int REFUSED = 15;

  /** Of so many one meets 421, which halves the connections. */
  private static final int RARELY = 200;

  /** So slow is a server that drips, in bytes a second of each connection. */
  private static final long DRIP = 40;

  /** And for so many mails. */
  private static final int DRIPPED = 20;

  private MailServerFaults() {}

  /** All of it at once, and a drip in between: what was refused for good is dead, all else sent. */
  public static void mixedTrouble(ScenarioRun scenarioRun, Size size) {
    scenarioRun.set(Map.of("POSTRIDER_ROUTES_DEFAULT_TIMEOUTS_ENVELOPE", "5s"));
    scenarioRun.mailProxy();
    scenarioRun.startWorkers(2);
    int dead = (int) IntStream.range(0, size.mails()).filter(n -> n % OF == REFUSED).count();
    scenarioRun.expect(
        checkResult -> checkResult.ends().getOrDefault("dead", 0) == dead, dead + " dead");
    scenarioRun.expect(checkResult -> checkResult.duplicates() == 0, "0 sent twice");
    scenarioRun.expect(
        checkResult -> everyRecipientServed(scenarioRun, size), "every good recipient served");
    LoadProducer loadProducer =
        scenarioRun.produce(
            Load.mixed(size, LATEST_SECONDS).uncancelled().to(MailServerFaults::address));
    long slowest = 0;
    int step = size.mails() / (2 * size.faults() + 2);
    for (int drip = 1; drip <= size.faults(); drip++) {
      scenarioRun.awaitTaken(2L * drip * step);
      scenarioRun.mailProxy().flow(Direction.DOWN, Flow.throttle(DRIP));
      awaitDripped(scenarioRun, scenarioRun.sink().counters().mails() + DRIPPED);
      scenarioRun.mailProxy().heal();
      slowest = Math.max(slowest, slotsBackMs(scenarioRun));
    }
    loadProducer.await();
    scenarioRun.remark("slots back %,d ms after a drip at the latest".formatted(slowest));
  }

  /** Or until there is nothing more to drip. */
  private static void awaitDripped(ScenarioRun scenarioRun, long mails) {
    scenarioRun.await(
        mails + " mails taken",
        () -> scenarioRun.sink().counters().mails() >= mails || scenarioRun.pending().isEmpty());
  }

  /** Until nothing of what was in flight then is still in flight. */
  private static long slotsBackMs(ScenarioRun scenarioRun) {
    long healed = System.nanoTime();
    Set<String> stuck = new HashSet<>(scenarioRun.pending());
    scenarioRun.await("the slots to be back", () -> remaining(stuck, scenarioRun).isEmpty());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed);
  }

  private static Set<String> remaining(Set<String> stuck, ScenarioRun scenarioRun) {
    stuck.retainAll(scenarioRun.pending());
    return stuck;
  }

  private static String address(int n) {
    String trouble = n % RARELY == 1 ? "421-data-1x" : TROUBLES.getOrDefault(n % OF, "ana");
    return trouble + "+" + n + "@example.test";
  }

  /** The second recipient of every tenth mail, whether or not the first was accepted. */
  private static boolean everyRecipientServed(ScenarioRun scenarioRun, Size size) {
    List<String> served =
        scenarioRun.sink().mails().stream().flatMap(mail -> mail.recipients().stream()).toList();
    return served.stream().distinct().count() == served.size()
        && IntStream.range(0, size.mails())
            .filter(n -> n % 10 == 3)
            .allMatch(n -> served.contains("ben" + n + "@example.test"));
  }
}
