package dev.postrider.smtp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Custom headers of every grammar, most of them right; the same seed gives the same ones. */
final class RandomHeaders {

  private static final List<String> WORDS =
      List.of(
          "hello",
          "v1.2",
          "=3D",
          "(comment)",
          "a;b",
          "Grüße",
          "Привет",
          "日本語",
          "👩‍👩‍👧‍👦",
          "e\u0301\u0323",
          "x".repeat(90),
          "x".repeat(900),
          "ü".repeat(120));

  private static final List<String> PLAIN = List.of("plain", "two words", "Köln", "Größe M", "重要");

  private final Random random;
  private final RandomMailboxes mailboxes;

  RandomHeaders(Random random, RandomMailboxes mailboxes) {
    this.random = random;
    this.mailboxes = mailboxes;
  }

  /** Some headers, by their names; values as a producer writes them, also folded. */
  Map<String, String> next() {
    Map<String, String> headers = new LinkedHashMap<>();
    add(headers, "Sender", () -> mailboxes.next().text());
    add(headers, "Keywords", () -> joined(PLAIN, ", "));
    add(headers, "List-Id", () -> pick(PLAIN) + " <list.example.test>");
    add(headers, "References", this::references);
    add(headers, "In-Reply-To", () -> "<" + random.nextInt() + "@example.test>");
    add(headers, "List-Unsubscribe", () -> "<https://example.test/" + pick(WORDS) + ">");
    add(headers, "Disposition-Notification-To", this::mailboxList);
    add(headers, "Comments", () -> joined(WORDS, blank()));
    add(headers, "X-Own", () -> joined(WORDS, blank()));
    add(headers, "X-Long", () -> "x".repeat(990 + random.nextInt(15)));
    return headers;
  }

  private void add(Map<String, String> headers, String name, Supplier<String> value) {
    if (random.nextInt(6) == 0) {
      headers.put(name, value.get());
    }
  }

  private String references() {
    return Stream.generate(() -> "<c." + random.nextInt() + ".reply@desk.example.test>")
        .limit(1 + random.nextInt(40))
        .collect(Collectors.joining(blank()));
  }

  private String mailboxList() {
    return Stream.generate(() -> mailboxes.right().text())
        .filter(text -> !text.contains("=?")) // written as it is: the parser decodes it in quotes
        .limit(1 + random.nextInt(3))
        .collect(Collectors.joining(","));
  }

  private String joined(List<String> words, String between) {
    return Stream.generate(() -> pick(words))
        .limit(1 + random.nextInt(12))
        .collect(Collectors.joining(between));
  }

  private String blank() {
    return pick(List.of(" ", " ", "  ", "\t", "\r\n ", "\r\n\t"));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
