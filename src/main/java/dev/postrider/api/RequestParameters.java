package dev.postrider.api;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.mail.NameRules;
import dev.postrider.worker.WorkerSettings;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Checks names in paths and queries, and missing bodies. */
@Singleton
public final class RequestParameters {

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
    return valid(NameRules.isMailId(id), id, "The id of a mail", NameRules.MAIL_ID);
  }

  static String topic(String topic) {
    return valid(NameRules.isTopic(topic), topic, "A topic", NameRules.TOPIC);
  }

  private static String valid(boolean valid, String name, String what, String rule) {
    if (!valid) {
      throw ProblemException.of(ProblemType.INVALID_REQUEST, what + " matches " + rule + ".");
    }
    return name;
  }
}
