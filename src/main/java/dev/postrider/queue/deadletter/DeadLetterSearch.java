package dev.postrider.queue.deadletter;

import dev.postrider.mail.NameRules;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Searches several streams of dead letters; reads a bounded number of entries per call and returns
 * a cursor to continue from.
 */
public final class DeadLetterSearch {

  /** Entries read per call, whether they match or not. */
  private static final int READ_MAX = 5_000;

  private final DeadLetters deadLetters;

  public DeadLetterSearch(DeadLetters deadLetters) {
    this.deadLetters = deadLetters;
  }

  /**
   * Where a search continues.
   *
   * @param stream to continue in
   * @param after the last entry read there; empty to start with its newest
   */
  public record Cursor(DeadLetterStream stream, Optional<String> after) {

    private static final Pattern TEXT =
        Pattern.compile(
            "(%s)/(dead|held)(?:/(%s))?".formatted(NameRules.QUEUE, NameRules.ENTRY_ID));

    /** Reads what {@link #text} wrote; empty if the text is not a cursor. */
    public static Optional<Cursor> parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      return matcher.matches()
          ? DeadLetterStream.Kind.of(matcher.group(2))
              .map(kind -> new DeadLetterStream(matcher.group(1), kind))
              .map(
                  deadLetterStream ->
                      new Cursor(deadLetterStream, Optional.ofNullable(matcher.group(3))))
          : Optional.empty();
    }

    /** As text: {@code queue/kind/entry}. */
    public String text() {
      return stream.queue()
          + '/'
          + stream.kind().word()
          + after.map(entry -> "/" + entry).orElse("");
    }
  }

  /**
   * What one call found.
   *
   * @param deadLetters that match, stream by stream, the newest first
   * @param next where to continue; empty if everything was read
   */
  public record Result(List<DeadLetter> deadLetters, Optional<Cursor> next) {}

  /**
   * Searches from the cursor on.
   *
   * @param deadLetterStreams all that are searched, in order
   * @param from where the last call ended; empty to start
   * @param atMost matches, at least 1
   * @throws IllegalArgumentException if {@code from} is in none of the streams
   */
  @CheckReturnValue
  public Uni<Result> search(
      List<DeadLetterStream> deadLetterStreams,
      Optional<Cursor> from,
      Predicate<DeadLetter> wanted,
      int atMost) {
    if (from.isPresent() && !deadLetterStreams.contains(from.get().stream())) {
      throw new IllegalArgumentException("The cursor names a stream that is not searched.");
    }
    Search search = new Search(deadLetterStreams, wanted, atMost);
    return search.continueFrom(from.or(search::first));
  }

  /** One call. */
  private final class Search {

    private final List<DeadLetterStream> streams;
    private final Predicate<DeadLetter> filter;
    private final int atMost;
    private final List<DeadLetter> found = new ArrayList<>();
    private int read;

    Search(List<DeadLetterStream> deadLetterStreams, Predicate<DeadLetter> wanted, int atMost) {
      this.streams = deadLetterStreams;
      this.filter = wanted;
      this.atMost = atMost;
    }

    Optional<Cursor> first() {
      return streams.stream()
          .findFirst()
          .map(deadLetterStream -> new Cursor(deadLetterStream, Optional.empty()));
    }

    /** Each step reads an entry or ends a stream, so the number of steps is bounded. */
    @CheckReturnValue
    Uni<Result> continueFrom(Optional<Cursor> cursor) {
      boolean enough = found.size() >= atMost || read >= READ_MAX;
      return cursor.isEmpty() || enough
          ? Uni.createFrom().item(new Result(found, cursor))
          : deadLetters
              .page(cursor.get().stream(), cursor.get().after(), DeadLetters.PAGE_MAX)
              .chain(page -> continueFrom(add(cursor.get().stream(), page)));
    }

    private Optional<Cursor> add(DeadLetterStream deadLetterStream, DeadLetters.Page page) {
      for (DeadLetter deadLetter : page.deadLetters()) {
        if (found.size() >= atMost) {
          return Optional.of(
              new Cursor(deadLetterStream, Optional.of(found.get(atMost - 1).entry())));
        }
        read++;
        if (filter.test(deadLetter)) {
          found.add(deadLetter);
        }
      }
      return page.next().isPresent()
          ? Optional.of(new Cursor(deadLetterStream, page.next()))
          : nextStream(deadLetterStream);
    }

    private Optional<Cursor> nextStream(DeadLetterStream deadLetterStream) {
      return streams.stream()
          .skip(streams.indexOf(deadLetterStream) + 1L)
          .findFirst()
          .map(next -> new Cursor(next, Optional.empty()));
    }
  }
}
