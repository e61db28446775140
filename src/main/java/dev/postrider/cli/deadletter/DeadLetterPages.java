package dev.postrider.cli.deadletter;

import dev.postrider.cli.CommandContext;
import dev.postrider.queue.deadletter.DeadLetter;
import dev.postrider.queue.deadletter.DeadLetterSearch;
import dev.postrider.queue.deadletter.DeadLetterStream;
import dev.postrider.queue.deadletter.DeadLetters;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads dead letters page by page, so that any number of them fits into memory. */
final class DeadLetterPages {

  private final CommandContext context;
  private final DeadLetters deadLetters;
  private final List<DeadLetterStream> streams;

  DeadLetterPages(CommandContext context, List<DeadLetterStream> streams) {
    this.context = context;
    this.deadLetters = new DeadLetters(context.link(), context.workerSettings().queueSettings());
    this.streams = streams;
  }

  DeadLetters deadLetters() {
    return deadLetters;
  }

  /**
   * Passes on the dead letters that are wanted, stream by stream, the newest first.
   *
   * @param limit of all pages together
   * @param pageSize the largest page
   * @param reader returns false to stop
   * @return whether there may be more
   */
  boolean read(
      Predicate<DeadLetter> wanted, int limit, int pageSize, Predicate<List<DeadLetter>> reader) {
    DeadLetterSearch search = new DeadLetterSearch(deadLetters);
    Optional<DeadLetterSearch.Cursor> cursor = Optional.empty();
    int remaining = limit;
    boolean goesOn;
    do {
      DeadLetterSearch.Result page =
          context.await(search.search(streams, cursor, wanted, Math.min(remaining, pageSize)));
      remaining -= page.deadLetters().size();
      cursor = page.next();
      goesOn = reader.test(page.deadLetters());
    } while (goesOn && remaining > 0 && cursor.isPresent());
    return cursor.isPresent();
  }

  /** One dead letter by the id of its mail or entry. */
  Optional<DeadLetter> find(String id) {
    for (DeadLetterStream stream : streams) {
      Optional<DeadLetter> found =
          context
              .await(deadLetters.find(stream.queue(), id))
              .filter(deadLetter -> deadLetter.stream().equals(stream));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
