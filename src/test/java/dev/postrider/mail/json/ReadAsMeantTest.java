package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in another form than the usual one that have one meaning; the schema takes them too. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadAsMeantTest {

  private static final Path ZONES = Path.of("src/test/resources/mails/time-zones.txt");
  private static final Instant WINTER = Instant.parse("2026-01-15T12:00:00Z");
  private static final Instant SUMMER = Instant.parse("2026-07-15T12:00:00Z");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final MailSchema schema = new MailSchema();

  @ParameterizedTest
  @CsvSource({
    "fr, fr",
    "FR, fr",
    "en_US, en-US",
    "en-us, en-US",
    "EN_us, en-US",
    "zh_Hant_TW, zh-Hant-TW",
    "zh-hant_tw, zh-Hant-TW",
    "en_US.UTF-8, en-US",
    "de_DE.ISO8859-1, de-DE",
    "fr.utf8, fr",
    "es_419, es-419",
    "' pt-BR ', pt-BR",
    "sr-Latn-RS, sr-Latn-RS",
    "de_CH_1996, de-CH-1996"
  })
  void locale(String written, String tag) throws InvalidMail {
    Mail mail = decode("'locale':'" + written + "'");
    assertEquals(tag, mail.locale().map(Locale::toLanguageTag).orElseThrow());
  }

  @Test
  void time_zone_of_every_IANA_name() throws InvalidMail, IOException {
    for (String name : Files.readAllLines(ZONES)) {
      if (!name.startsWith("#")) {
        assertTrue(decode("'time_zone':'" + name + "'").timeZone().isPresent(), name);
      }
    }
  }

  /** Hours east of UTC in January and in July; the same on every JDK. */
  @ParameterizedTest
  @CsvSource({
    "EST, -5, -5",
    "MST, -7, -7",
    "HST, -10, -10",
    "EST5EDT, -5, -4",
    "US/Pacific, -8, -7",
    "UTC, 0, 0",
    "GMT0, 0, 0",
    "GMT+0, 0, 0",
    "GMT-0, 0, 0",
    "Etc/GMT+5, -5, -5",
    "Etc/GMT-14, 14, 14",
    "ROC, 8, 8",
    "Europe/Kyiv, 2, 3",
    "Pacific/Kanton, 13, 13",
    "America/Ciudad_Juarez, -7, -6",
    "America/Coyhaique, -3, -3",
    "Factory, 0, 0",
    "europe/paris, 1, 2",
    "' Europe/Paris ', 1, 2",
    "utc, 0, 0"
  })
  void time_zone(String name, int winter, int summer) throws InvalidMail {
    ZoneId zone = decode("'time_zone':'" + name + "'").timeZone().orElseThrow();
    assertEquals(ZoneOffset.ofHours(winter), zone.getRules().getOffset(WINTER));
    assertEquals(ZoneOffset.ofHours(summer), zone.getRules().getOffset(SUMMER));
  }

  @Test
  void time_zone_by_its_old_name() throws InvalidMail {
    ZoneId old = decode("'time_zone':'Asia/Calcutta'").timeZone().orElseThrow();
    assertEquals(ZoneOffset.ofHoursMinutes(5, 30), old.getRules().getOffset(WINTER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "9007199254740993", "9223372036854775807"})
  void version_as_text(String digits) throws InvalidMail {
    Map<String, Long> version = Map.of("offer:1", Long.parseLong(digits));
    assertEquals(version, decode("'only_if':{'offer:1':'" + digits + "'}").terms().onlyIf());
    assertEquals(version, decode("'only_if':{'offer:1':" + digits + "}").terms().onlyIf());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "application/pdf;|application/pdf",
        "application/pdf ;|application/pdf",
        "application/pdf; |application/pdf",
        "application/pdf;;|application/pdf",
        "~ application/pdf ~|application/pdf",
        "Application/PDF|application/pdf",
        "IMAGE/SVG+XML|image/svg+xml",
        "text/csv;charset=utf-8|text/csv; charset=utf-8",
        "text/csv; Charset=UTF-8;|text/csv; charset=UTF-8",
        "text/csv ; ; charset = utf-8 ; header = present|text/csv; charset=utf-8; header=present",
        "text/csv; charset=\\u0022utf-8\\u0022 ;|text/csv; charset=\"utf-8\""
      })
  void content_type(String written, String expected) throws InvalidMail {
    Mail mail =
        decode("'attachments':[{'filename':'a','content':'','content_type':'" + written + "'}]");
    assertEquals(expected, mail.attachments().get(0).contentType());
  }

  private Mail decode(String members) throws InvalidMail {
    String json = "{'from':'a@b.test','to':'c@d.test','text':''," + members + "}";
    String mail = json.replace('\'', '"');
    assertTrue(schema.accepts(mail), mail);
    return codec.decode(mail.getBytes(UTF_8));
  }

  @Test
  void other_forms_are_equal_to_the_usual_one() throws InvalidMail {
    assertEquals(
        List.of(Optional.of(Locale.US), Optional.of(ZoneId.of("Europe/Paris"))),
        List.of(
            decode("'locale':'en_us'").locale(), decode("'time_zone':'EUROPE/PARIS'").timeZone()));
  }
}
