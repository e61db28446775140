package dev.postrider.cli;

import dev.postrider.queue.Grave;
import dev.postrider.queue.Plot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows dead or held mail: a list, one of it, or the JSON of all. */
final class GraveList {

  private final Desk desk;
  private final Plot.Kind kind;
  private final GraveWalk walk;

  GraveList(Desk desk, Plot.Kind kind) {
    this.desk = desk;
    this.kind = kind;
    this.walk = new GraveWalk(desk);
  }

  int show(GraveFilter filter, int atMost, OutputOption form) {
    List<Grave> graves = new ArrayList<>();
    boolean more = walk.visit(filter.plots(desk, kind), filter.predicate(), atMost, graves::addAll);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mails", graves.stream().map(GraveList::json).toList());
    json.put("more", more);
    form.print(desk.terminal(), table(graves), json);
    if (more && !form.json()) {
      desk.terminal().note("There is more: --limit 0 shows all.");
    }
    return Exit.DONE;
  }

  int showOne(String id, Optional<String> queue, OutputOption form) {
    Grave grave =
        walk.find(desk.queuesOf(queue).stream().map(name -> new Plot(name, kind)).toList(), id)
            .orElseThrow(
                () -> new CommandFailed("No %s mail has the id %s.".formatted(kind.word(), id)));
    Optional<String> mail =
        desk.await(walk.graveyard().mail(grave))
            .map(octets -> new String(octets, StandardCharsets.UTF_8));
    Map<String, Object> json = json(grave);
    json.put("mail", mail.orElse(null));
    if (form.json()) {
      desk.terminal().print(JsonText.of(json));
    } else {
      json.forEach((name, value) -> desk.terminal().print("%-8s  %s".formatted(name, value)));
    }
    return Exit.DONE;
  }

  /** A mail of which nothing is left is left out, and said so. */
  int export(GraveFilter filter) {
    walk.visit(filter.plots(desk, kind), filter.predicate(), Integer.MAX_VALUE, this::export);
    return Exit.DONE;
  }

  private void export(List<Grave> lot) {
    for (Grave grave : lot) {
      desk.await(walk.graveyard().mail(grave))
          .ifPresentOrElse(
              octets -> desk.terminal().print(oneLine(octets)),
              () ->
                  desk.terminal()
                      .note("postrider: of %s nothing is left.".formatted(grave.mailId())));
    }
  }

  /** Between the tokens of JSON a line break is a blank; within a string none can stand. */
  private static String oneLine(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).replaceAll("\\R", " ").strip();
  }

  private static Table table(List<Grave> graves) {
    Table table = new Table("BURIED AT", "QUEUE", "ID", "REASON", "ATTEMPTS", "WHY");
    graves.forEach(
        grave ->
            table.row(
                Instant.ofEpochMilli(grave.at()),
                grave.plot().queue(),
                grave.mailId(),
                grave.cause().reason(),
                grave.progress().attempts(),
                why(grave.cause())));
    return table;
  }

  private static String why(Grave.Cause cause) {
    String detail = cause.reply().filter(reply -> !reply.isEmpty()).orElse(cause.detail());
    String text = cause.pointer().isEmpty() ? detail : cause.pointer() + ": " + detail;
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static Map<String, Object> json(Grave grave) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", grave.mailId());
    json.put("queue", grave.plot().queue());
    json.put("entry", grave.entry());
    json.put("at", grave.at());
    json.put("reason", grave.cause().reason());
    json.put("pointer", present(grave.cause().pointer()));
    json.put("detail", present(grave.cause().detail()));
    json.put("reply", grave.cause().reply().orElse(null));
    json.put("attempts", grave.progress().attempts());
    json.put("size", grave.octets().isPresent() ? grave.octets().getAsLong() : null);
    return json;
  }

  private static String present(String text) {
    return text.isEmpty() ? null : text;
  }
}
