package dev.postrider.api;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.worker.WorkerSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks names in paths and queries, and missing bodies. */
@Singleton
public final class RequestParameters {

  private static final Pattern MAIL_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._:/@-]{1,128}");

  private final List<String> queues;

  RequestParameters(WorkerSettings workerSettings) {
    this.queues = workerSettings.queues();
  }

  /** All configured queues. */
  public List<String> queues() {
    return queues;
  }

  /**
   * @throws ProblemException that names the configured queues
   */
  public String queue(String name) {
    if (!queues.contains(name)) {
      throw ProblemException.of(
          ProblemType.UNKNOWN_QUEUE,
          "Configured in postrider.queues: " + String.join(", ", queues) + ".");
    }
    return name;
  }

  /** The named queue, or all queues. */
  public List<String> queuesOf(Optional<String> name) {
    return name.map(this::queue).map(List::of).orElse(queues);
  }

  /** The body of a request; a missing one is empty. */
  public static byte[] body(byte[] body) {
    return body == null ? new byte[0] : body;
  }

  public static String mailId(String id) {
    return matching(MAIL_ID, id, "The id of a mail");
  }

  static String topic(String topic) {
    return matching(TOPIC, topic, "A topic");
  }

  private static String matching(Pattern pattern, String text, String what) {
    if (!pattern.matcher(text).matches()) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST, what + " matches " + pattern.pattern() + ".");
    }
    return text;
  }
}
