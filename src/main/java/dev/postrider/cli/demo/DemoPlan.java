package dev.postrider.cli.demo;

import dev.postrider.cli.Exit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a demo sends.
 *
 * @param mails of each round, from 1
 * @param size of each mail's text, in characters
 * @param inFlight mails in flight at once
 * @param delay of the server's reply to a mail
 */
public record DemoPlan(int mails, int size, int inFlight, Duration delay) {

  private static final int MAILS_MAX = 10_000_000;
  private static final int SIZE_MAX = 1 << 20;
  private static final int IN_FLIGHT_MAX = 20_000;

  public DemoPlan {
    require(mails >= 1 && mails <= MAILS_MAX, "--mails expects a number from 1 to 10,000,000.");
    require(size >= 1 && size <= SIZE_MAX, "--size expects a number from 1 to 1,048,576.");
    require(
        inFlight >= 1 && inFlight <= IN_FLIGHT_MAX,
        "--in-flight expects a number from 1 to 20,000.");
  }

  private static void require(boolean valid, String message) {
    if (!valid) {
      throw Exit.wrongUsage(message);
    }
  }

  /** The mail with a number, which its recipient address contains. */
  byte[] mail(int number) {
    return ("{\"from\":\"demo@example.invalid\",\"to\":\"demo-%d@example.invalid\","
            + "\"subject\":\"Demo %d\",\"text\":\"%s\"}")
        .formatted(number, number, text())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String text() {
    String sentence = "The quick brown fox jumps over the lazy dog. ";
    return sentence.repeat(size / sentence.length() + 1).substring(0, size).stripTrailing() + ".";
  }
}
