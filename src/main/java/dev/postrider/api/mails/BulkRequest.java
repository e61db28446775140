package dev.postrider.api.mails;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import dev.postrider.mail.Reason;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a bulk request.
 *
 * @param action what to do
 * @param filter which mails
 * @param dryRun true to count only
 * @param cursor where the previous call ended
 */
record BulkRequest(Action action, Filter filter, boolean dryRun, Optional<String> cursor) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final String EXPECTED =
      "expected {\"action\":\"retry|discard|cancel\",\"filter\":{\"state\",\"queue\",\"reason\"},"
          + "\"dry_run\":true,\"cursor\":\"…\"}";

  /** What a bulk request can do. */
  enum Action {
    RETRY("retry"),
    DISCARD("discard"),
    CANCEL("cancel");

    private final String word;

    Action(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    private static Action of(String word) {
      return Arrays.stream(values())
          .filter(action -> action.word.equals(word))
          .findFirst()
          .orElseThrow(() -> invalid("/action"));
    }
  }

  /**
   * Which mails; an absent member matches all.
   *
   * @param state dead or held; scheduled for cancel
   * @param queue one of the configured queues
   * @param reason why they are dead or held
   */
  record Filter(Optional<String> state, Optional<String> queue, Optional<String> reason) {

    List<DeadLetterStream.Kind> kinds() {
      return state.map(Filter::kind).map(List::of).orElse(List.of(DeadLetterStream.Kind.values()));
    }

    private static DeadLetterStream.Kind kind(String word) {
      return DeadLetterStream.Kind.of(word).orElseThrow(() -> invalid("/filter/state"));
    }

    boolean matches(DeadLetter deadLetter) {
      return reason.map(deadLetter.cause().reason()::equals).orElse(true);
    }
  }

  /**
   * @throws ProblemException with the pointer of the fault
   */
  static BulkRequest read(byte[] body) {
    Map<String, String> members = new HashMap<>();
    try (JsonParser from = JSON.createParser(body)) {
      readObject(from, "", members);
      if (from.nextToken() != null) {
        throw invalid("");
      }
    } catch (IOException broken) {
      throw invalid("");
    }
    return of(members);
  }

  private static void readObject(JsonParser from, String at, Map<String, String> members)
      throws IOException {
    if ((at.isEmpty() ? from.nextToken() : from.currentToken()) != JsonToken.START_OBJECT) {
      throw invalid(at);
    }
    members.put(at, "");
    while (from.nextToken() == JsonToken.FIELD_NAME) {
      String pointer = at + "/" + from.currentName();
      from.nextToken();
      readMember(from, pointer, members);
    }
  }

  private static void readMember(JsonParser from, String pointer, Map<String, String> members)
      throws IOException {
    switch (pointer) {
      case "/filter" -> readObject(from, pointer, members);
      case "/action", "/cursor", "/filter/state", "/filter/queue", "/filter/reason" ->
          put(members, pointer, from.hasToken(JsonToken.VALUE_STRING), from.getText());
      case "/dry_run" -> put(members, pointer, from.currentToken().isBoolean(), from.getText());
      default -> throw invalid(pointer);
    }
  }

  private static void put(Map<String, String> members, String pointer, boolean valid, String text) {
    if (!valid || members.put(pointer, text) != null) {
      throw invalid(pointer);
    }
  }

  private static BulkRequest of(Map<String, String> members) {
    if (!members.containsKey("/filter")) {
      throw invalid("/filter");
    }
    Filter filter =
        new Filter(
            optional(members, "/filter/state"),
            optional(members, "/filter/queue"),
            optional(members, "/filter/reason"));
    Action action = Action.of(members.getOrDefault("/action", ""));
    check(action, filter);
    return new BulkRequest(
        action,
        filter,
        Boolean.parseBoolean(members.get("/dry_run")),
        optional(members, "/cursor"));
  }

  private static void check(Action action, Filter filter) {
    if (action != Action.CANCEL) {
      filter.kinds();
    } else if (!filter.state().equals(Optional.of(MailPages.SCHEDULED))) {
      throw ProblemException.at(
          "/filter/state",
          ProblemType.INVALID_REQUEST,
          "expected scheduled: only waiting mail can be cancelled");
    } else if (filter.reason().isPresent()) {
      throw ProblemException.at(
          "/filter/reason", ProblemType.INVALID_REQUEST, "scheduled mail has no reason yet");
    }
    if (filter.reason().filter(reason -> !isKnown(reason)).isPresent()) {
      throw invalid("/filter/reason");
    }
  }

  private static boolean isKnown(String reason) {
    return Arrays.stream(Reason.values()).anyMatch(one -> one.word().equals(reason));
  }

  private static Optional<String> optional(Map<String, String> members, String pointer) {
    return Optional.ofNullable(members.get(pointer));
  }

  private static ProblemException invalid(String pointer) {
    return ProblemException.at(pointer, ProblemType.INVALID_REQUEST, EXPECTED);
  }
}
