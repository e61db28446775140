package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.JsonText;
import dev.postrider.cli.ListPrinter;
import dev.postrider.cli.OutputOption;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints dead or held mail: a list, one of it, or the JSON of all. */
final class DeadLetterList {

  private final CommandContext context;
  private final DeadLetterStream.Kind kind;

  DeadLetterList(CommandContext context, DeadLetterStream.Kind kind) {
    this.context = context;
    this.kind = kind;
  }

  int list(DeadLetterFilter filter, int limit, OutputOption output) {
    ListPrinter<DeadLetter> printer =
        new ListPrinter<>(context.terminal(), output, new DeadLetterFormat());
    boolean more =
        pages(filter).read(filter.predicate(), limit, DeadLetters.PAGE_MAX, printer::add);
    printer.end(Map.of("more", more));
    if (more && !output.json()) {
      context.terminal().message("There is more: --limit 0 shows all.");
    }
    return Exit.DONE;
  }

  int show(String id, Optional<String> queue, OutputOption output) {
    DeadLetterPages pages =
        new DeadLetterPages(context, DeadLetterFilter.streams(context, kind, queue));
    DeadLetter deadLetter =
        pages
            .find(id)
            .orElseThrow(() -> Exit.failed("No %s mail has the id %s.".formatted(kind.word(), id)));
    Optional<byte[]> mail = context.await(pages.deadLetters().mail(deadLetter));
    Map<String, Object> json = new DeadLetterFormat().json(deadLetter);
    json.put("mail", mail.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(null));
    if (output.json()) {
      context.terminal().print(JsonText.of(json));
    } else {
      json.forEach((name, value) -> context.terminal().print("%-8s  %s".formatted(name, value)));
    }
    return Exit.DONE;
  }

  /** Prints one line of JSON for each mail; reports a mail that is no longer in Redis. */
  int export(DeadLetterFilter filter) {
    DeadLetterPages pages = pages(filter);
    pages.read(
        filter.predicate(),
        Integer.MAX_VALUE,
        DeadLetters.PAGE_MAX,
        page -> export(pages.deadLetters(), page));
    return Exit.DONE;
  }

  private boolean export(DeadLetters deadLetters, List<DeadLetter> page) {
    for (DeadLetter deadLetter : page) {
      context
          .await(deadLetters.mail(deadLetter))
          .ifPresentOrElse(
              mail -> context.terminal().print(oneLine(mail)), () -> reportMissing(deadLetter));
    }
    return !context.terminal().out().checkError();
  }

  private void reportMissing(DeadLetter deadLetter) {
    context
        .terminal()
        .message("postrider: the content of %s is gone.".formatted(deadLetter.mailId()));
  }

  private DeadLetterPages pages(DeadLetterFilter filter) {
    return new DeadLetterPages(context, filter.streams(context, kind));
  }

  /** Line breaks in JSON stand between tokens only, so a blank can replace them. */
  private static String oneLine(byte[] json) {
    return new String(json, StandardCharsets.UTF_8).replaceAll("\\R", " ").strip();
  }
}
