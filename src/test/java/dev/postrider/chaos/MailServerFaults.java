package dev.postrider.chaos;

import dev.postrider.support.Flow;
import dev.postrider.support.Lane;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What happens to the mail server: silence, slowness, refusals, lost connections. */
final class MailServerFaults {

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

  /** So slow is a server that drips, in octets a second of each connection. */
  private static final long DRIP = 40;

  /** And for so many mails. */
  private static final int DRIPPED = 20;

  private MailServerFaults() {}

  /** All of it at once, and a drip in between: what was refused for good is dead, all else sent. */
  static void weather(Stage stage, Size size) {
    stage.set(Map.of("POSTRIDER_ROUTES_DEFAULT_TIMEOUTS_ENVELOPE", "5s"));
    stage.mailProxy();
    stage.startWorkers(2);
    int dead = (int) IntStream.range(0, size.mails()).filter(n -> n % OF == REFUSED).count();
    stage.expect(verdict -> verdict.ends().getOrDefault("dead", 0) == dead, dead + " dead");
    stage.expect(verdict -> verdict.duplicates() == 0, "0 sent twice");
    stage.expect(verdict -> everybodyGotIt(stage, size), "every good recipient served");
    Producer producer =
        stage.produce(Load.mixed(size, LATEST_SECONDS).uncancelled().to(MailServerFaults::address));
    long slowest = 0;
    int step = size.mails() / (2 * size.faults() + 2);
    for (int drip = 1; drip <= size.faults(); drip++) {
      stage.awaitTaken(2L * drip * step);
      stage.mailProxy().flow(Lane.DOWN, Flow.throttle(DRIP));
      awaitDripped(stage, stage.sink().tally().mails() + DRIPPED);
      stage.mailProxy().heal();
      slowest = Math.max(slowest, slotsBackMs(stage));
    }
    producer.await();
    stage.remark("slots back %,d ms after a drip at the latest".formatted(slowest));
  }

  /** Or until there is nothing more to drip. */
  private static void awaitDripped(Stage stage, long mails) {
    stage.await(
        mails + " mails taken",
        () -> stage.sink().tally().mails() >= mails || stage.pending().isEmpty());
  }

  /** Until nothing of what was in flight then is still in flight. */
  private static long slotsBackMs(Stage stage) {
    long healed = System.nanoTime();
    Set<String> stuck = new HashSet<>(stage.pending());
    stage.await("the slots to be back", () -> remaining(stuck, stage).isEmpty());
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - healed);
  }

  private static Set<String> remaining(Set<String> stuck, Stage stage) {
    stuck.retainAll(stage.pending());
    return stuck;
  }

  private static String address(int n) {
    String trouble = n % RARELY == 1 ? "421-data-1x" : TROUBLES.getOrDefault(n % OF, "ana");
    return trouble + "+" + n + "@example.test";
  }

  /** The second recipient of every tenth mail, whatever became of the first. */
  private static boolean everybodyGotIt(Stage stage, Size size) {
    List<String> served =
        stage.sink().mails().stream().flatMap(mail -> mail.recipients().stream()).toList();
    return served.stream().distinct().count() == served.size()
        && IntStream.range(0, size.mails())
            .filter(n -> n % 10 == 3)
            .allMatch(n -> served.contains("ben" + n + "@example.test"));
  }
}
