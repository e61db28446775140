package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.cli.CommandFailed;
import dev.postrider.cli.Exit;
import dev.postrider.cli.NumberFormat;
import dev.postrider.cli.OutputOption;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Retries or discards dead or held mail, each at most once, and counts. */
final class DeadLetterAction {

  /** What is done. */
  enum Action {
    RETRY,
    DISCARD
  }

  private final CommandContext commandContext;
  private final DeadLetterStream.Kind kind;
  private final Action action;
  private final DeadLetterPages walk;
  private int matched;
  private int done;

  DeadLetterAction(CommandContext commandContext, DeadLetterStream.Kind kind, Action action) {
    this.commandContext = commandContext;
    this.kind = kind;
    this.action = action;
    this.walk = new DeadLetterPages(commandContext);
  }

  int run(DeadLetterSelection choice, OutputOption form) {
    List<String> ids = choice.ids();
    if (choice.all()) {
      walk.visit(
          choice.filter().plots(commandContext, kind),
          choice.filter().predicate(),
          Integer.MAX_VALUE,
          lot -> act(lot, choice.dryRun()));
    } else {
      List<DeadLetterStream> deadLetterStreams = choice.filter().plots(commandContext, kind);
      ids.forEach(id -> act(List.of(found(deadLetterStreams, id)), choice.dryRun()));
    }
    form.print(commandContext.terminal(), sentence(choice.dryRun()), json());
    return choice.dryRun() || done == matched ? Exit.DONE : Exit.FAILED;
  }

  private DeadLetter found(List<DeadLetterStream> deadLetterStreams, String id) {
    return walk.find(deadLetterStreams, id)
        .orElseThrow(
            () ->
                new CommandFailed(
                    "No %s mail has the id %s; postrider %s lists those there are."
                        .formatted(kind.word(), id, kind.word())));
  }

  /** A lot may come from several queues. */
  private void act(List<DeadLetter> lot, boolean dryRun) {
    matched += lot.size();
    if (dryRun) {
      return;
    }
    Map<DeadLetterStream, List<DeadLetter>> deadLetterStreams = new LinkedHashMap<>();
    lot.forEach(
        deadLetter ->
            deadLetterStreams
                .computeIfAbsent(deadLetter.stream(), DeadLetterAction::none)
                .add(deadLetter));
    deadLetterStreams.forEach(this::act);
  }

  private static List<DeadLetter> none(DeadLetterStream deadLetterStream) {
    return new ArrayList<>();
  }

  private void act(DeadLetterStream deadLetterStream, List<DeadLetter> deadLetters) {
    DeadLetters yard = walk.graveyard();
    List<Boolean> verdicts =
        commandContext.await(
            action == Action.RETRY
                ? yard.retry(deadLetterStream, deadLetters)
                : yard.discard(deadLetterStream, deadLetters));
    done += (int) verdicts.stream().filter(Boolean::booleanValue).count();
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
