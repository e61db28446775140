package dev.postrider.cli.deadletter;

import dev.postrider.cli.ListPrinter;
import dev.postrider.queue.deadletter.DeadLetter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dead letter as a row of a table and as JSON. */
final class DeadLetterFormat implements ListPrinter.Format<DeadLetter> {

  @Override
  public String name() {
    return "mails";
  }

  @Override
  public List<String> head() {
    return List.of("TIME", "QUEUE", "ID", "REASON", "ATTEMPTS", "DETAIL");
  }

  @Override
  public List<Object> cells(DeadLetter deadLetter) {
    return List.of(
        Instant.ofEpochMilli(deadLetter.at()),
        deadLetter.stream().queue(),
        deadLetter.mailId(),
        deadLetter.cause().reason(),
        deadLetter.attemptHistory().attempts(),
        detail(deadLetter.cause()));
  }

  private static String detail(DeadLetter.Cause cause) {
    String detail = cause.reply().filter(reply -> !reply.isEmpty()).orElse(cause.detail());
    String text = cause.pointer().isEmpty() ? detail : cause.pointer() + ": " + detail;
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  @Override
  public Map<String, Object> json(DeadLetter deadLetter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", deadLetter.mailId());
    json.put("queue", deadLetter.stream().queue());
    json.put("entry", deadLetter.entry());
    json.put("at", deadLetter.at());
    json.put("reason", deadLetter.cause().reason());
    json.put("pointer", emptyToNull(deadLetter.cause().pointer()));
    json.put("detail", emptyToNull(deadLetter.cause().detail()));
    json.put("reply", deadLetter.cause().reply().orElse(null));
    json.put("attempts", deadLetter.attemptHistory().attempts());
    json.put("size", deadLetter.bytes().isPresent() ? deadLetter.bytes().getAsLong() : null);
    return json;
  }

  private static String emptyToNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
