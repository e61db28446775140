package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule, broken once: the table is {@code mails/refused.txt}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusedMailTest {

  private static final Path TABLE = Path.of("src/test/resources/mails/refused.txt");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @TestFactory
  List<DynamicTest> refuses_every_broken_rule_at_its_place() throws IOException {
    return lines().map(this::refuses).toList();
  }

  private static Stream<String> lines() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"));
  }

  /** The mails of the table. */
  static Stream<String> documents() throws IOException {
    return lines().map(line -> document(columns(line)[1]));
  }

  private static String[] columns(String line) {
    return line.split(" ?\\| ", 2);
  }

  @Test
  void says_what_to_do() {
    assertAll(
        () -> assertSays("did you mean scheduled_at?", "'scheduledAt':1"),
        () -> assertSays("did you mean reply_to?", "'replyTo':1"),
        () -> assertSays("did you mean subject?", "'subjekt':1"),
        () -> assertSays("remove it", "'zzz':1"),
        () -> assertSays("leave the key out", "'cc':null"),
        () -> assertSays("JSON array", "'to':'a@b.test, c@d.test'"),
        () -> assertSays("add Z or one such as +01:00", "'scheduled_at':'2026-12-01T09:00:00'"),
        () -> assertSays("comments are not supported", "'to':'a@b.test (Ana)'"),
        () -> assertSays("groups are not supported", "'to':'Us: a@b.test;'"),
        () -> assertSays("source routes are not supported", "'to':'<@a.test:b@c.test>'"),
        () -> assertSays("not supported yet", "'template':{'id':'a'}"),
        () ->
            assertSays(
                "could never be sent",
                "'scheduled_at':'2026-12-01T09:00:00Z'," + "'expires_at':'2026-11-01T09:00:00Z'"));
  }

  @Test
  void never_repeats_what_the_mail_holds() {
    for (String key : List.of("from", "to", "subject", "id", "route", "scheduled_at", "locale")) {
      InvalidMail fault = refuse("'%s':'secret\\u0007 <secret>'".formatted(key));

      assertFalse(fault.getMessage().contains("secret"), key);
    }
    assertEquals("", refuse("'se\\ncret':'x'").pointer());
    assertEquals("", refuse("'%s':'x'".formatted("secret".repeat(60))).pointer());
  }

  private DynamicTest refuses(String line) {
    String[] columns = columns(line);
    return dynamicTest(line, () -> assertEquals(columns[0], refuse(columns[1]).pointer()));
  }

  private void assertSays(String part, String members) {
    String message = refuse(members).getMessage();
    assertTrue(message.contains(part), message);
  }

  private InvalidMail refuse(String members) {
    byte[] json = document(members).getBytes(UTF_8);
    return assertThrows(InvalidMail.class, () -> codec.decode(json));
  }

  private static String document(String members) {
    return Map.of("from", "a@b.test", "to", "c@d.test", "text", "").entrySet().stream()
        .filter(rest -> !members.startsWith("'%s':".formatted(rest.getKey())))
        .map(rest -> "'%s':'%s'".formatted(rest.getKey(), rest.getValue()))
        .collect(Collectors.joining(",", "{" + members + ",", "}"))
        .replace('\'', '"');
  }
}
