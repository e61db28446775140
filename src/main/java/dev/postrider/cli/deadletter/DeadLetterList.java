package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.CommandFailed;
import dev.postrider.cli.Exit;
import dev.postrider.cli.JsonText;
import dev.postrider.cli.OutputOption;
import dev.postrider.cli.Table;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows dead or held mail: a list, one of it, or the JSON of all. */
final class DeadLetterList {

  private final CommandContext commandContext;
  private final DeadLetterStream.Kind kind;
  private final DeadLetterPages walk;

  DeadLetterList(CommandContext commandContext, DeadLetterStream.Kind kind) {
    this.commandContext = commandContext;
    this.kind = kind;
    this.walk = new DeadLetterPages(commandContext);
  }

  int show(DeadLetterFilter filter, int atMost, OutputOption form) {
    List<DeadLetter> deadLetters = new ArrayList<>();
    boolean more =
        walk.visit(
            filter.plots(commandContext, kind), filter.predicate(), atMost, deadLetters::addAll);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mails", deadLetters.stream().map(DeadLetterList::json).toList());
    json.put("more", more);
    form.print(commandContext.terminal(), table(deadLetters), json);
    if (more && !form.json()) {
      commandContext.terminal().note("There is more: --limit 0 shows all.");
    }
    return Exit.DONE;
  }

  int showOne(String id, Optional<String> queue, OutputOption form) {
    DeadLetter deadLetter =
        walk.find(
                commandContext.queuesOf(queue).stream()
                    .map(name -> new DeadLetterStream(name, kind))
                    .toList(),
                id)
            .orElseThrow(
                () -> new CommandFailed("No %s mail has the id %s.".formatted(kind.word(), id)));
    Optional<String> mail =
        commandContext
            .await(walk.graveyard().mail(deadLetter))
            .map(octets -> new String(octets, StandardCharsets.UTF_8));
    Map<String, Object> json = json(deadLetter);
    json.put("mail", mail.orElse(null));
    if (form.json()) {
      commandContext.terminal().print(JsonText.of(json));
    } else {
      json.forEach(
          (name, value) -> commandContext.terminal().print("%-8s  %s".formatted(name, value)));
    }
    return Exit.DONE;
  }

  /** A mail of which nothing is left is left out, and said so. */
  int export(DeadLetterFilter filter) {
    walk.visit(
        filter.plots(commandContext, kind), filter.predicate(), Integer.MAX_VALUE, this::export);
    return Exit.DONE;
  }

  private void export(List<DeadLetter> lot) {
    for (DeadLetter deadLetter : lot) {
      commandContext
          .await(walk.graveyard().mail(deadLetter))
          .ifPresentOrElse(
              octets -> commandContext.terminal().print(oneLine(octets)),
              () ->
                  commandContext
                      .terminal()
                      .note("postrider: of %s nothing is left.".formatted(deadLetter.mailId())));
    }
  }

  /** Between the tokens of JSON a line break is a blank; within a string none can stand. */
  private static String oneLine(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).replaceAll("\\R", " ").strip();
  }

  private static Table table(List<DeadLetter> deadLetters) {
    Table table = new Table("BURIED AT", "QUEUE", "ID", "REASON", "ATTEMPTS", "WHY");
    deadLetters.forEach(
        deadLetter ->
            table.row(
                Instant.ofEpochMilli(deadLetter.at()),
                deadLetter.stream().queue(),
                deadLetter.mailId(),
                deadLetter.cause().reason(),
                deadLetter.attemptHistory().attempts(),
                why(deadLetter.cause())));
    return table;
  }

  private static String why(DeadLetter.Cause cause) {
    String detail = cause.reply().filter(reply -> !reply.isEmpty()).orElse(cause.detail());
    String text = cause.pointer().isEmpty() ? detail : cause.pointer() + ": " + detail;
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static Map<String, Object> json(DeadLetter deadLetter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", deadLetter.mailId());
    json.put("queue", deadLetter.stream().queue());
    json.put("entry", deadLetter.entry());
    json.put("at", deadLetter.at());
    json.put("reason", deadLetter.cause().reason());
    json.put("pointer", present(deadLetter.cause().pointer()));
    json.put("detail", present(deadLetter.cause().detail()));
    json.put("reply", deadLetter.cause().reply().orElse(null));
    json.put("attempts", deadLetter.attemptHistory().attempts());
    json.put("size", deadLetter.bytes().isPresent() ? deadLetter.bytes().getAsLong() : null);
    return json;
  }

  private static String present(String text) {
    return text.isEmpty() ? null : text;
  }
}
