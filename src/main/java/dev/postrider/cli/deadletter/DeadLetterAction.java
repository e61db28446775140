package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.Exit;
import dev.postrider.cli.NumberFormat;
import dev.postrider.cli.OutputOption;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Retries or discards dead or held mail, each at most once, and counts it. */
final class DeadLetterAction {

  /** What is done with the mail. */
  enum Action {
    RETRY,
    DISCARD
  }

  private final CommandContext context;
  private final DeadLetterStream.Kind kind;
  private final Action action;
  private int matched;
  private int done;

  DeadLetterAction(CommandContext context, DeadLetterStream.Kind kind, Action action) {
    this.context = context;
    this.kind = kind;
    this.action = action;
  }

  int run(DeadLetterSelection selection, OutputOption output) {
    List<String> ids = selection.ids();
    boolean dryRun = selection.dryRun();
    DeadLetterPages pages = new DeadLetterPages(context, selection.filter().streams(context, kind));
    if (selection.all()) {
      pages.read(
          selection.filter().predicate(),
          Integer.MAX_VALUE,
          DeadLetters.BATCH_MAX,
          page -> act(pages.deadLetters(), page, dryRun));
    } else {
      ids.forEach(id -> act(pages.deadLetters(), List.of(find(pages, id)), dryRun));
    }
    output.print(context.terminal(), sentence(dryRun), json());
    return dryRun || done == matched ? Exit.DONE : Exit.FAILED;
  }

  private DeadLetter find(DeadLetterPages pages, String id) {
    return pages
        .find(id)
        .orElseThrow(
            () ->
                Exit.failed(
                    "No %s mail has the id %s; postrider %s lists all."
                        .formatted(kind.word(), id, kind.word())));
  }

  /** A page may have mail of several queues. */
  private boolean act(DeadLetters deadLetters, List<DeadLetter> page, boolean dryRun) {
    matched += page.size();
    if (!dryRun) {
      DeadLetters.batches(page).forEach(batch -> act(deadLetters, batch));
    }
    return true;
  }

  private void act(DeadLetters deadLetters, List<DeadLetter> mails) {
    DeadLetterStream stream = mails.get(0).stream();
    List<Boolean> results =
        context.await(
            action == Action.RETRY
                ? deadLetters.retry(stream, mails)
                : deadLetters.discard(stream, mails));
    done += (int) results.stream().filter(Boolean::booleanValue).count();
  }

  private String sentence(boolean dryRun) {
    String verb = action == Action.RETRY ? "put back into the queue" : "discarded";
    return dryRun
        ? "%s mails would be %s".formatted(NumberFormat.of(matched), verb)
        : "%s of %s mails %s".formatted(NumberFormat.of(done), NumberFormat.of(matched), verb);
  }

  private Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("action", action.name().toLowerCase(Locale.ROOT));
    json.put("matched", matched);
    json.put("done", done);
    return json;
  }
}
