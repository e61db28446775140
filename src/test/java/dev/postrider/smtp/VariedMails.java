package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.IntStream;

/** Mails of every size and shape, the same ones each time; each tells its number in its subject. */
final class VariedMails {

  private static final String DATE = "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\n";
  private static final int LINE_MAX = 998; // RFC 5322 §2.1.1

  private VariedMails() {}

  static String mail(int number) {
    Random random = new Random(number);
    StringBuilder mail = new StringBuilder("From: sender@client.test\r\nTo: ana@x.test\r\n");
    mail.append("Subject: ").append(number).append("\r\n").append(DATE);
    mail.append("Message-ID: <").append(number).append("@client.test>\r\n\r\n");
    int size = number % 97 == 0 ? 600_000 : random.nextInt(number % 11 == 0 ? 40_000 : 4_000);
    while (mail.length() < size) {
      line(mail, random);
    }
    return mail.append("end of ").append(number).append("\r\n").toString();
  }

  /**
   * Compares what a server stored, with LF for CRLF and its own lines on top, with what was sent.
   */
  static void assertAsItLeft(int number, String stored) {
    String left = mail(number).replace("\r\n", "\n");
    String mail = stored.substring(stored.indexOf("From: sender@client.test"));
    int length = Math.min(left.length(), mail.length());
    int differs =
        IntStream.range(0, length)
            .filter(i -> left.charAt(i) != mail.charAt(i))
            .findFirst()
            .orElse(length);
    assertEquals(left.length(), mail.length(), () -> "length of mail " + number);
    assertEquals(left.length(), differs, () -> "where mail " + number + " differs");
  }

  private static void line(StringBuilder mail, Random random) {
    mail.append(".".repeat(random.nextInt(5) == 0 ? random.nextInt(4) : 0));
    int length = random.nextInt(random.nextInt(20) == 0 ? LINE_MAX - 4 : 80);
    for (int i = 0; i < length; i++) {
      mail.append((char) (' ' + random.nextInt('~' - ' ' + 1)));
    }
    mail.append("\r\n");
  }
}
