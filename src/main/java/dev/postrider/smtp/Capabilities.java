package dev.postrider.smtp;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a server offers in its reply to EHLO; nothing if it only knows HELO.
 *
 * @param keywords in upper case
 * @param mechanisms of AUTH, in upper case
 * @param sizeMax largest message in bytes (RFC 1870); 0 if unknown or unlimited
 */
record Capabilities(Set<String> keywords, Set<String> mechanisms, long sizeMax) {

  static final Capabilities NONE = new Capabilities(Set.of(), Set.of(), 0);

  /** Reads the reply to EHLO. What is malformed counts as not offered. */
  static Capabilities of(Reply ehlo) {
    Set<String> keywords = new HashSet<>();
    Set<String> mechanisms = new HashSet<>();
    long sizeMax = 0;
    List<String> lines = ehlo.lines();
    for (String line : lines.subList(1, lines.size())) { // the first line greets
      // Servers older than RFC 2554 write "AUTH=".
      List<String> tokens =
          Arrays.asList(
              line.trim().toUpperCase(Locale.ROOT).replaceFirst("^AUTH=", "AUTH ").split(" +"));
      keywords.add(tokens.get(0));
      if (tokens.get(0).equals("AUTH")) {
        mechanisms.addAll(tokens.subList(1, tokens.size()));
      } else if (tokens.get(0).equals("SIZE") && tokens.size() > 1) {
        sizeMax = number(tokens.get(1));
      }
    }
    return new Capabilities(Set.copyOf(keywords), Set.copyOf(mechanisms), sizeMax);
  }

  boolean offers(String keyword) {
    return keywords.contains(keyword);
  }

  /** Whether a message of this size may be tried. */
  boolean acceptsSize(long size) {
    return sizeMax == 0 || size <= sizeMax;
  }

  private static long number(String digits) {
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }
}
