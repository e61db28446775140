package dev.postrider.chaos.witness;

import dev.postrider.chaos.run.LoadProducer;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What must never come out of a worker by its log: an address, a subject, a text, a token or a
 * password of the mails and settings of this suite. Workers log at INFO and above.
 */
public final class Canary {

  public static final String SUBJECT = "Canary subject";
  public static final String TOKEN = "canary-token-4711";
  public static final String PASSWORD = "canary-password-4711";

  private static final Pattern SECRET =
      Pattern.compile(
          "[\\w.+-]+@[\\w-]+\\.test|"
              + Stream.of(SUBJECT, LoadProducer.TEXT, TOKEN, PASSWORD)
                  .map(Canary::inside)
                  .reduce((one, other) -> one + "|" + other)
                  .orElseThrow());

  private Canary() {}

  /** A few words of it are enough. */
  private static String inside(String secret) {
    return Pattern.quote(secret.substring(0, Math.min(secret.length(), 20)));
  }

  /** The lines of a log that say too much. */
  public static List<String> in(String log) {
    return log.lines().filter(line -> SECRET.matcher(line).find()).toList();
  }
}
