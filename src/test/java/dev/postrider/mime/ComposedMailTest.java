package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Mail;
import dev.postrider.mail.json.Text;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: whatever a mail holds, every reader sees just that. Method: thousands of generated mails,
 * read back by two parsers that know nothing of the composer.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComposedMailTest {

  private static final int MAILS = 2_000;

  private final Composer composer = new Composer();

  @Test
  void reads_the_same_in_Angus_Mail() throws IOException {
    readsTheSame(new AngusReader(), 1);
  }

  @Test
  void reads_the_same_in_Mime4j() throws IOException {
    readsTheSame(new Mime4jReader(), 2);
  }

  @Test
  void keeps_a_local_part_beyond_ASCII_for_readers_of_UTF_8() throws IOException {
    Mail mail = new RandomMails(1).from("jürgen.müller@xn--bcher-kva.test");
    byte[] message = composer.compose(mail, new RandomMails(1).stamp());
    assertEquals(ReadMail.expected(mail), new AngusReader().read(message));
    assertEquals(ReadMail.expected(mail), new Mime4jReader().read(message));
  }

  private void readsTheSame(ReadMail.Reader reader, int firstSeed) throws IOException {
    for (int seed = firstSeed; seed < firstSeed + MAILS; seed++) {
      RandomMails mails = new RandomMails(seed);
      Mail mail = mails.next();
      byte[] message = composer.compose(mail, mails.stamp());
      ReadMail expected = ReadMail.expected(mail);
      ReadMail read = reader.read(message);
      for (RecordComponent part : ReadMail.class.getRecordComponents()) {
        assertEquals(value(part, expected), value(part, read), part.getName() + " of seed " + seed);
      }
    }
  }

  private static Object value(RecordComponent part, ReadMail mail) {
    try {
      return part.getAccessor().invoke(mail);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void keeps_the_rules_of_the_wire() {
    for (int seed = 0; seed < MAILS; seed++) {
      RandomMails mails = new RandomMails(seed);
      byte[] message = composer.compose(mails.next(), mails.stamp());
      String text = new String(message, StandardCharsets.ISO_8859_1);
      assertTrue(text.endsWith("\r\n"), "ends with CRLF");
      assertTrue(Text.isAscii(text), "is 7-bit");
      assertFalse(text.contains("bcc.test"), "has no Bcc");
      assertFalse(text.contains("\r\n."), "has no line with a leading dot");
      assertFalse(text.contains("\r\nFrom "), "has no line with a leading From");
      String bare = text.replace("\r\n", "");
      assertTrue(bare.indexOf('\r') < 0 && bare.indexOf('\n') < 0, "has no bare CR or LF");
      boolean header = true;
      for (String line : text.split("\r\n")) {
        header = header && !line.isEmpty();
        assertTrue(line.length() <= (header && !isLongWord(line) ? 78 : 998), line);
      }
    }
  }

  /** Nothing but one word, or a field's name and one word: there is no place to fold. */
  private static boolean isLongWord(String line) {
    return line.matches("([^ :]+:)? [^ ]+");
  }

  @Test
  void is_the_same_whenever_and_wherever_it_is_composed() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    List<byte[]> here = messages();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
      List<byte[]> there = messages();
      for (int i = 0; i < here.size(); i++) {
        assertArrayEquals(here.get(i), there.get(i));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  private static List<byte[]> messages() {
    return IntStream.range(0, 200)
        .mapToObj(RandomMails::new)
        .map(ComposedMailTest::message)
        .toList();
  }

  private static byte[] message(RandomMails mails) {
    return new Composer().compose(mails.next(), mails.stamp());
  }
}
