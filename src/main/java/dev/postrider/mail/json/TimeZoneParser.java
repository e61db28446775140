package dev.postrider.mail.json;

import static java.util.Map.entry;

import dev.postrider.mail.InvalidMail;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parses the IANA name of a time zone, in any case, with blanks around it: the same names on every
 * JDK. Offsets and abbreviations are refused: they do not say when clocks change.
 */
final class TimeZoneParser {

  /** Names that some JDK does not have, and a zone with the same rules now that each JDK has. */
  private static final Map<String, String> LINKS =
      Map.ofEntries(
          entry("America/Ciudad_Juarez", "America/Denver"),
          entry("America/Coyhaique", "America/Punta_Arenas"),
          entry("EST", "America/Panama"),
          entry("Europe/Kyiv", "Europe/Kiev"),
          entry("Factory", "Etc/UTC"),
          entry("GMT+0", "Etc/GMT"),
          entry("GMT-0", "Etc/GMT"),
          entry("HST", "Pacific/Honolulu"),
          entry("MST", "America/Phoenix"),
          entry("Pacific/Kanton", "Pacific/Enderbury"),
          entry("ROC", "Asia/Taipei"));

  /** Names of the JDK alone, with rules of the time before 1993. */
  private static final String NOT_OF_IANA = "SystemV/";

  private static final Map<String, String> ZONES = zones();

  private TimeZoneParser() {}

  private static Map<String, String> zones() {
    Map<String, String> zones = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    zones.putAll(LINKS);
    for (String name : ZoneId.getAvailableZoneIds()) {
      if (!name.startsWith(NOT_OF_IANA)) {
        zones.put(name, name);
      }
    }
    return zones;
  }

  static ZoneId parse(String name) throws InvalidMail {
    String zone = ZONES.get(name.trim());
    if (zone == null) {
      throw ValueParser.fault(
          "expected a time zone's IANA name such as Europe/Paris or UTC: an offset or an"
              + " abbreviation does not say when clocks change");
    }
    return ZoneId.of(zone);
  }
}
