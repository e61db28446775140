package dev.postrider.mail.json;

import dev.postrider.mail.InvalidMail;
import java.time.ZoneId;
import java.util.Set;

/** Parses the IANA name of a time zone. Offsets are refused: they have no daylight saving time. */
final class TimeZoneParser {

  private static final Set<String> NAMES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private TimeZoneParser() {}

  static ZoneId parse(String name) throws InvalidMail {
    if (!NAMES.contains(name)) {
      throw ValueParser.fault("expected a time zone's IANA name such as Europe/Paris or UTC");
    }
    return ZoneId.of(name);
  }
}
