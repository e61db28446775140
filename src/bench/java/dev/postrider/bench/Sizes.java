package dev.postrider.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How large a workload is: each number has a usual value, a tiny one for trying the benchmark
 * itself, and {@code name=value} for any other.
 */
public final class Sizes {

  private static final String TINY = "tiny";

  private final boolean tiny;
  private final Map<String, String> given = new HashMap<>();
  private final Set<String> asked = new HashSet<>();

  /**
   * @param words {@code tiny} or {@code name=value} each
   */
  public Sizes(String... words) {
    this.tiny = Arrays.asList(words).contains(TINY);
    Arrays.stream(words).filter(word -> !word.isBlank() && !word.equals(TINY)).forEach(this::read);
  }

  private void read(String word) {
    String[] pair = word.split("=", 2);
    if (pair.length < 2) {
      throw new IllegalArgumentException("Write sizes as name=value, not " + word);
    }
    given.put(pair[0], pair[1]);
  }

  /** A number; underscores may stand in it. */
  public int number(String name, int usual, int forTrying) {
    String value = word(name, "" + usual, "" + forTrying);
    return Integer.parseInt(value.replace("_", ""));
  }

  /** A word. */
  public String word(String name, String usual, String forTrying) {
    asked.add(name);
    return given.getOrDefault(name, tiny ? forTrying : usual);
  }

  /** Rounds that count; each figure is the median over them. */
  public int rounds() {
    return number("rounds", 5, 1);
  }

  /** Rounds of a row whose rounds take minutes: as many as the others, but three at most. */
  public int roundsOfMinutes() {
    return Math.min(rounds(), 3);
  }

  /**
   * To be called at the end: a size that was not asked for is misspelt.
   *
   * @throws IllegalArgumentException and names it
   */
  public void mustAllBeKnown() {
    Set<String> unknown = new HashSet<>(given.keySet());
    unknown.removeAll(asked);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("Unknown sizes " + unknown + "; there are " + asked);
    }
  }
}
