package dev.postrider.smtp;

import dev.postrider.mail.Address;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Mailboxes as producers write them, most of them right; the same seed gives the same ones. */
final class RandomMailboxes {

  /**
   * A mailbox as it stands in a mail.
   *
   * @param read what it means; empty if it is wrong, or may be
   */
  record Written(String text, Optional<Address> read) {}

  private record Domain(String written, String ascii) {}

  private static final List<Domain> DOMAINS =
      List.of(
          new Domain("example.test", "example.test"),
          new Domain("Example.TEST", "Example.TEST"),
          new Domain("a.b.c.example", "a.b.c.example"),
          new Domain("localhost", "localhost"),
          new Domain("[192.0.2.1]", "[192.0.2.1]"),
          new Domain("[IPv6:2001:db8::1]", "[IPv6:2001:db8::1]"),
          new Domain("bücher.example", "xn--bcher-kva.example"),
          new Domain("straße.example", "xn--strae-oqa.example"),
          new Domain("বিদ্যুৎ.example", "xn--65blk6dm4ej.example"),
          new Domain("🦊.example", "xn--9s9h.example"),
          new Domain("例え。テスト", "xn--r8jz45g.xn--zckzah"),
          new Domain("xn--bcher-kva.example", "xn--bcher-kva.example"),
          new Domain("x".repeat(63) + ".example", "x".repeat(63) + ".example"));

  private static final List<String> WRONG_DOMAINS =
      List.of(
          "",
          "a..b",
          "-a.test",
          "a_b.test",
          "a.test.",
          "x".repeat(64) + ".test",
          "[1.2.3]",
          "xn--a.test",
          "\u200d.test",
          "אa.test",
          "a b.test");

  private static final String ATEXT = "abcXYZ019!#$%&'*+-/=?^_`{|}~";
  private static final String SPECIALS = "()[]:;,@. ";
  private static final String OTHER_SCRIPTS = "üßñжЖ漢ñあ한ไاश";
  private static final String NOISE = ATEXT + SPECIALS + "\"\\<>\t\r\n\u00a0\u200b\u202e\u0000";

  private static final List<String> NAMES =
      List.of(
          "Ana",
          "Ana Silva",
          "Silva, Ana",
          "Dr. Ana",
          "say \"hi\" \\o/",
          "Jürgen",
          "山田 太郎 🦊",
          "a@b [c] <d>",
          "=?utf-8?q?x?=",
          "x".repeat(80),
          "ü".repeat(90));

  private static final List<String> BLANKS =
      List.of("", "", "", " ", "  ", "\t", "\r\n ", " \r\n\t");

  private final Random random;

  RandomMailboxes(Random random) {
    this.random = random;
  }

  /** Right in nine of ten cases. */
  Written next() {
    return random.nextInt(10) == 0 ? wrong() : right();
  }

  Written right() {
    String local = local();
    Domain domain = pick(DOMAINS);
    Optional<String> name = random.nextBoolean() ? Optional.empty() : Optional.of(pick(NAMES));
    String address = local + '@' + domain.written();
    boolean bare = name.isEmpty() && random.nextBoolean();
    String mailbox =
        bare
            ? address
            : name.map(this::phrase).orElse("") + '<' + blank() + address + blank() + '>';
    return new Written(
        blank() + mailbox + blank(), Optional.of(new Address(name, local + '@' + domain.ascii())));
  }

  /** An address alone, as in {@code envelope_sender}. */
  Written address() {
    String local = local();
    Domain domain = pick(DOMAINS);
    return new Written(
        blank() + local + '@' + domain.written() + blank(),
        Optional.of(new Address(Optional.empty(), local + '@' + domain.ascii())));
  }

  private Written wrong() {
    String address =
        switch (random.nextInt(4)) {
          case 0 -> local() + '@' + pick(WRONG_DOMAINS);
          case 1 -> some(NOISE, 12) + '@' + pick(DOMAINS).written();
          case 2 -> some(NOISE, 20);
          default -> right().text().replace("@", some(NOISE, 2));
        };
    return new Written(random.nextBoolean() ? address : "Ana <" + address + ">", Optional.empty());
  }

  private String local() {
    return switch (random.nextInt(6)) {
      case 0 -> quoted(ATEXT + SPECIALS, 12);
      case 1 -> quoted(ATEXT + OTHER_SCRIPTS + " ", 10);
      case 2 -> some(OTHER_SCRIPTS, 8);
      case 3 -> some(ATEXT, 30) + '.' + some(ATEXT, 30);
      default -> some(ATEXT, 12);
    };
  }

  private String quoted(String characters, int most) {
    String content = random.nextInt(8) == 0 ? "" : some(characters, most);
    String escaped = random.nextInt(4) == 0 ? "\\\"" + content + "\\\\" : content;
    return '"' + escaped + '"';
  }

  /** A name in the form that it needs. */
  private String phrase(String name) {
    boolean atoms = name.matches("[^\"\\\\()<>\\[\\]:;@,]*");
    return (atoms && random.nextBoolean()
            ? name.replace(" ", " " + blank())
            : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
        + blank();
  }

  private String blank() {
    return pick(BLANKS);
  }

  /** One to {@code most} of these characters. */
  private String some(String characters, int most) {
    int[] all = characters.codePoints().toArray();
    IntFunction<String> one = i -> Character.toString(all[random.nextInt(all.length)]);
    return IntStream.range(0, 1 + random.nextInt(most)).mapToObj(one).collect(Collectors.joining());
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
