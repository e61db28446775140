package dev.postrider.acceptance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Many mails, and what has to become of each: of a hundred one is invalid and ten are for later; of
 * those one in twenty is made void before its time.
 */
final class MailSet {

  private static final int LATER_EVERY = 10;
  private static final int INVALID_EVERY = 100;
  private static final int INVALID_OFFSET = 7;

  /** Offers that the mails for later speak of; the first ones change. */
  private static final int OFFERS = 200;

  private static final int CHANGED_OFFERS = OFFERS / 20;

  private static final int LATER_MIN_MS = 1_000;
  private static final int LATER_MAX_MS = 10_000;

  /** The offers have to change before the first mail for them is due. */
  private static final int VOID_MIN_MS = 5_000;

  /** What becomes of a mail. */
  enum Fate {
    SENT_NOW,
    SENT_LATER,
    SKIPPED,
    DEAD
  }

  /**
   * One mail.
   *
   * @param json as a producer writes it
   * @param pointer of the fault, if it has one
   */
  record ExpectedMail(String id, Fate fate, Optional<Instant> due, String json, String pointer) {

    boolean isSent() {
      return fate == Fate.SENT_NOW || fate == Fate.SENT_LATER;
    }

    String recipient() {
      return id + "@example.test";
    }
  }

  /** Ways to break a rule. */
  private record Fault(String pointer, Function<String, String> json) {}

  private static final List<Fault> FAULTS =
      List.of(
          new Fault("/scheduledAt", id -> mail(id, ",\"scheduledAt\":\"2030-01-01T00:00:00Z\"")),
          new Fault("/from", id -> mail(id, "").replace("hi@acme.test", "hi@")),
          new Fault("/subject", id -> mail(id, "").replace("Number", "Two\\nlines")),
          new Fault("/to", id -> mail(id, "").replace("@example.test", "@example.test,x@y.test")),
          new Fault("", id -> "[" + mail(id, "") + "]"));

  private final List<ExpectedMail> mails = new ArrayList<>();
  private final Random random = new Random(2026);
  private final Instant start;

  MailSet(int size, Instant start) {
    this.start = start;
    for (int number = 0; number < size; number++) {
      mails.add(expectedMail(number));
    }
  }

  List<ExpectedMail> mails() {
    return mails;
  }

  Map<Fate, Long> countByFate() {
    return mails.stream()
        .collect(Collectors.groupingBy(ExpectedMail::fate, TreeMap::new, Collectors.counting()));
  }

  /** When the first mail is due that has to be void by then. */
  Instant deadline() {
    return start.plusMillis(VOID_MIN_MS);
  }

  /** What a producer writes, command by command: all mails, then the offers that change. */
  List<List<Object>> commands() {
    List<List<Object>> commands = new ArrayList<>();
    for (ExpectedMail mail : mails) {
      commands.add(List.of("XADD", "mail:{default}:ready", "*", "mail", mail.json()));
    }
    for (int offer = 0; offer < CHANGED_OFFERS; offer++) {
      commands.add(List.of("HINCRBY", "mail:guards", "offer:" + offer, "1"));
    }
    return commands;
  }

  private ExpectedMail expectedMail(int number) {
    String id = "mail-%05d".formatted(number);
    if (number % INVALID_EVERY == INVALID_OFFSET) {
      Fault fault = FAULTS.get(number / INVALID_EVERY % FAULTS.size());
      return new ExpectedMail(
          id, Fate.DEAD, Optional.empty(), fault.json().apply(id), fault.pointer());
    }
    return number % LATER_EVERY == 0 ? later(id, number / LATER_EVERY % OFFERS) : now(id);
  }

  private static ExpectedMail now(String id) {
    return new ExpectedMail(id, Fate.SENT_NOW, Optional.empty(), mail(id, ""), "");
  }

  private ExpectedMail later(String id, int offer) {
    boolean changes = offer < CHANGED_OFFERS;
    int earliest = changes ? VOID_MIN_MS : LATER_MIN_MS;
    Instant due = start.plusMillis(earliest + random.nextInt(LATER_MAX_MS - earliest));
    String terms = ",\"scheduled_at\":\"%s\",\"only_if\":{\"offer:%d\":0}".formatted(due, offer);
    Fate fate = changes ? Fate.SKIPPED : Fate.SENT_LATER;
    return new ExpectedMail(id, fate, Optional.of(due), mail(id, terms), "");
  }

  private static String mail(String id, String more) {
    return """
    {"id":"%s","from":"Acme <hi@acme.test>","to":"%s@example.test","subject":"Number %s",\
    "text":"Grüße aus der Werkstatt.\\nOne of many."%s}\
    """
        .formatted(id, id, id, more);
  }
}
