package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterSearch;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Walks over the dead or held mail page by page, so that any number of it fits into memory. */
final class DeadLetterPages {

  private final CommandContext commandContext;
  private final DeadLetters deadLetters;

  DeadLetterPages(CommandContext commandContext) {
    this.commandContext = commandContext;
    this.deadLetters =
        new DeadLetters(commandContext.link(), commandContext.plan().queueSettings());
  }

  DeadLetters graveyard() {
    return deadLetters;
  }

  /**
   * Visits graves in lots of at most {@value DeadLetters#BATCH_MAX}, the newest first.
   *
   * @param atMost graves in all
   * @return true if there may be more
   */
  boolean visit(
      List<DeadLetterStream> deadLetterStreams,
      Predicate<DeadLetter> wanted,
      int atMost,
      Consumer<List<DeadLetter>> visitor) {
    DeadLetterSearch deadLetterSearch = new DeadLetterSearch(deadLetters);
    Optional<DeadLetterSearch.Cursor> cursor = Optional.empty();
    int left = atMost;
    do {
      DeadLetterSearch.Result result =
          commandContext.await(
              deadLetterSearch.search(
                  deadLetterStreams, cursor, wanted, Math.min(left, DeadLetters.BATCH_MAX)));
      visitor.accept(result.deadLetters());
      left -= result.deadLetters().size();
      cursor = result.next();
    } while (left > 0 && cursor.isPresent());
    return cursor.isPresent();
  }

  /** One grave by its mail's id or its entry's; two queues may have entries of the same name. */
  Optional<DeadLetter> find(List<DeadLetterStream> deadLetterStreams, String id) {
    for (DeadLetterStream deadLetterStream : deadLetterStreams) {
      Optional<DeadLetter> found =
          commandContext.await(deadLetters.find(deadLetterStream.queue(), id));
      if (found.filter(deadLetter -> deadLetter.stream().equals(deadLetterStream)).isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
