package dev.postrider.cli.demo;

import dev.postrider.cli.WrongUsage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a trial sends.
 *
 * @param mails of each round, from 1
 * @param size of each mail's text, in characters
 * @param inFlight mails of the worker at once
 * @param delay of the sink before it answers a mail
 */
public record DemoPlan(int mails, int size, int inFlight, Duration delay) {

  private static final int MAILS_MAX = 10_000_000;
  private static final int SIZE_MAX = 1 << 20;
  private static final int IN_FLIGHT_MAX = 20_000;

  public DemoPlan {
    require(mails >= 1 && mails <= MAILS_MAX, "--mails is from 1 to 10,000,000.");
    require(size >= 1 && size <= SIZE_MAX, "--size is from 1 to 1,048,576.");
    require(inFlight >= 1 && inFlight <= IN_FLIGHT_MAX, "--in-flight is from 1 to 20,000.");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new WrongUsage(otherwise);
    }
  }

  /** The mail of a number; its recipient tells the sink which it is. */
  byte[] mail(int number) {
    return ("{\"from\":\"trial@example.invalid\",\"to\":\"trial-%d@example.invalid\","
            + "\"subject\":\"Trial %d\",\"text\":\"%s\"}")
        .formatted(number, number, text())
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String text() {
    String words = "The quick brown fox jumps over the lazy dog, and nobody minds. ";
    return words.repeat(size / words.length() + 1).substring(0, size).stripTrailing() + ".";
  }
}
