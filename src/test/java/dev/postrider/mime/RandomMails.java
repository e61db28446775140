package dev.postrider.mime;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Mails in many scripts and shapes; the same seed gives the same mail. */
final class RandomMails {

  private static final List<String> WORDS =
      List.of(
          "hello",
          "Rechnung",
          "v1.2",
          "a,b;c",
          "<tag>",
          "say",
          "\"quoted\"",
          "back\\slash",
          "50%",
          "=3D",
          "=?",
          "?=",
          "(comment)",
          "x@y",
          "it's",
          "From",
          "To:",
          "_under_",
          "naïve",
          "Grüße",
          "Straße",
          "Čeština",
          "Ελληνικά",
          "καλημέρα",
          "Привет",
          "довідка",
          "مرحبا",
          "שלום",
          "日本語",
          "漢字かな交じり文",
          "한국어",
          "ไทย",
          "हिन्दी",
          "e\u0301\u0323",
          "👩‍👩‍👧‍👦",
          "🏳️‍🌈",
          "👍🏽",
          "🇪🇺🇩🇪",
          "\uD83D\uDE00",
          "Z̸̧̛̦̮̘͓͚a̵̡l̴̢͖g̷o",
          "x".repeat(90),
          "ü".repeat(120),
          "漢".repeat(80),
          "a" + "\u0301".repeat(60));

  private static final List<String> DOMAINS =
      List.of("example.test", "a.b.c.example", "xn--bcher-kva.test", "[192.0.2.1]");

  private static final List<String> LOCALS =
      List.of("ana", "a.b+tag", "o'neil", "\"john doe\"", "x".repeat(64), "1");

  private static final List<String> NAMES =
      List.of(
          "a.pdf",
          "two words.txt",
          "Zürich Übersicht.pdf",
          "請求書.pdf",
          "счёт №5.xlsx",
          "quo\"te\\.txt",
          "it's 100%.csv",
          "😀.png",
          "l" + "o".repeat(120) + "ng.bin",
          "ö".repeat(100) + ".bin",
          "semi;colon=1.txt",
          "e\u0301.txt",
          "a*b'c.txt");

  private static final List<String> TYPES =
      List.of("application/pdf", "image/png", "text/plain; charset=iso-8859-1", "text/csv");

  private static final List<String> BREAKS =
      List.of("\n", "\r\n", "\r", "\n\n", ".\n", " \n", "\t\n");

  private final Random random;

  RandomMails(long seed) {
    random = new Random(seed);
  }

  Mail next() {
    return next(address());
  }

  Mail from(String address) {
    return next(new Address(Optional.of("Jürgen"), address));
  }

  private Mail next(Address from) {
    boolean html = random.nextBoolean();
    List<Attachment> attachments =
        list(random.nextInt(4) == 0 ? random.nextInt(4) : 0, this::attachment);
    return new Mail(
        Optional.empty(),
        from,
        list(random.nextInt(50) == 0 ? 100 : random.nextInt(4), this::address),
        list(random.nextInt(3), this::address),
        List.of(new Address(Optional.empty(), "hidden-" + random.nextInt() + "@bcc.test")),
        list(random.nextInt(2), this::address),
        random.nextInt(20) == 0 ? "" : words(1 + random.nextInt(12)),
        new Mail.Body(
            html && random.nextBoolean() ? Optional.empty() : Optional.of(text()),
            html ? Optional.of("<p>" + text() + "</p>" + images(attachments)) : Optional.empty(),
            list(random.nextInt(5) == 0 ? 1 : 0, this::invitation)),
        random.nextBoolean() ? Optional.of(Locale.forLanguageTag("sr-Latn-RS")) : Optional.empty(),
        random.nextBoolean() ? Optional.of(ZoneId.of("Asia/Kathmandu")) : Optional.empty(),
        headers(),
        attachments,
        Optional.empty(),
        terms(),
        Map.of(),
        Map.of());
  }

  /** Shows about half of the images. */
  private String images(List<Attachment> attachments) {
    return attachments.stream()
        .flatMap(attachment -> attachment.contentId().stream())
        .filter(id -> random.nextBoolean())
        .map("<img src='cid:%s' alt=''>"::formatted)
        .collect(Collectors.joining());
  }

  private Mail.Alternative invitation() {
    return new Mail.Alternative(
        "text/calendar; method=REQUEST; charset=UTF-8", "BEGIN:VCALENDAR\r\n" + text());
  }

  static Mail.Terms terms() {
    return new Mail.Terms(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Mail.OnUnknown.RESEND,
        Optional.empty());
  }

  Stamp stamp() {
    return new Stamp(
        random.nextLong(1L << 41) + "-" + random.nextInt(9),
        Instant.ofEpochSecond(random.nextLong(4_000_000_000L)));
  }

  private Address address() {
    Optional<String> name =
        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(words(1 + random.nextInt(4)));
    return new Address(name, pick(LOCALS) + '@' + pick(DOMAINS));
  }

  private Map<String, String> headers() {
    return IntStream.range(0, random.nextInt(3))
        .boxed()
        .collect(
            Collectors.toMap(
                i -> "X-Own-" + i,
                i -> words(1 + random.nextInt(12)).replace("=?", "").strip(),
                (a, b) -> a,
                LinkedHashMap::new));
  }

  private Attachment attachment() {
    byte[] bytes = new byte[random.nextInt(500)];
    random.nextBytes(bytes);
    Optional<String> id =
        random.nextBoolean() ? Optional.of("img" + random.nextInt(1000) + "@x") : Optional.empty();
    return new Attachment(pick(NAMES), bytes, pick(TYPES), id);
  }

  private String text() {
    boolean ascii = random.nextInt(3) == 0;
    StringBuilder text = new StringBuilder();
    for (int lines = random.nextInt(20); lines >= 0; lines--) {
      String line = words(random.nextInt(25));
      text.append(ascii ? line.replaceAll("[^ -~]", "") : line).append(pick(BREAKS));
    }
    return random.nextBoolean() ? text.toString() : text.append("end").toString();
  }

  private String words(int count) {
    return Stream.generate(() -> pick(WORDS)).limit(count).collect(Collectors.joining(" "));
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static <T> List<T> list(int count, Supplier<T> supplier) {
    return new ArrayList<>(Stream.generate(supplier).limit(count).toList());
  }
}
