package dev.postrider.event;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What happened to one mail, in order: one moment for each change of its state.
 *
 * @param stateChanges the oldest first
 */
public record Timeline(List<StateChange> stateChanges) {

  private static final String LINE_SEPARATOR = "\n";
  private static final String FIELD_SEPARATOR = "\u001f";
  private static final Set<String> ENDS = Set.of("sent", "skipped", "dead", "held", "discarded");

  /** Copies the list. */
  public Timeline {
    stateChanges = List.copyOf(stateChanges);
  }

  /**
   * Reads the lines that the scripts wrote: words joined by byte 31, lines by a line feed.
   *
   * @param lines empty if nothing is known
   */
  public static Timeline parse(String lines) {
    return new Timeline(
        lines.isEmpty()
            ? List.of()
            : Arrays.stream(lines.split(LINE_SEPARATOR)).map(StateChange::read).toList());
  }

  /** The last moment, if there is any. */
  public Optional<StateChange> last() {
    return stateChanges.isEmpty()
        ? Optional.empty()
        : Optional.of(stateChanges.get(stateChanges.size() - 1));
  }

  /** The change after which only a caller's action changes the state; empty if there is none. */
  public Optional<StateChange> end() {
    return last().filter(last -> ENDS.contains(last.type()));
  }

  /** The highest attempt there was; 0 if the server was never asked. */
  public int attempts() {
    return stateChanges.stream()
        .mapToInt(stateChange -> stateChange.number("attempt").orElse(0))
        .max()
        .orElse(0);
  }

  /**
   * One change of state.
   *
   * @param fields name → value, as in the events stream
   */
  public record StateChange(Map<String, String> fields) {

    private static StateChange read(String line) {
      String[] parts = line.split(FIELD_SEPARATOR, -1);
      Map<String, String> words = new LinkedHashMap<>();
      for (int i = 0; i + 1 < parts.length; i += 2) {
        words.put(parts[i], parts[i + 1]);
      }
      return new StateChange(words);
    }

    /** What the mail became: {@code ready}, {@code scheduled} or one of the outcomes. */
    public String type() {
      return fields.getOrDefault("type", "");
    }

    /** A word by its name. */
    public Optional<String> field(String name) {
      return Optional.ofNullable(fields.get(name));
    }

    /** A word that is a small number. */
    public OptionalInt number(String name) {
      return field(name).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /** A word that is a time in ms by Redis's clock. */
    public OptionalLong time(String name) {
      return field(name).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }
  }
}
