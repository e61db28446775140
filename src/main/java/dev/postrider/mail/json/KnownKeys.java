package dev.postrider.mail.json;

import static java.util.Comparator.comparingInt;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The keys that one kind of object may have. Suggests a key for a mistyped one. */
final class KnownKeys {

  /** With more typos, the suggestion would often be wrong. */
  private static final int TYPOS_MAX = 2;

  /** Bounds the cost of the comparison; known keys are shorter. */
  private static final int LENGTH_MAX = 32;

  private final Map<String, Integer> indexes;

  KnownKeys(String... names) {
    indexes =
        IntStream.range(0, names.length).boxed().collect(toUnmodifiableMap(i -> names[i], i -> i));
  }

  /** All keys, in no order. */
  Set<String> all() {
    return indexes.keySet();
  }

  /** Index of a known key; negative if it is unknown. */
  int indexOf(String key) {
    return indexes.getOrDefault(key, -1);
  }

  /** The known key that is most similar to an unknown one, if it is similar enough. */
  Optional<String> nearest(String key) {
    if (key.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String plain = plain(key);
    int typos = Math.min(TYPOS_MAX, plain.length() / 2);
    return indexes.keySet().stream()
        .filter(name -> distance(plain, plain(name)) <= typos)
        .min(
            comparingInt((String name) -> distance(plain, plain(name)))
                .thenComparing(indexes::get));
  }

  /** Makes {@code scheduledAt} and {@code reply-to} equal to their known spelling. */
  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = IntStream.rangeClosed(0, b.length()).toArray();
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
