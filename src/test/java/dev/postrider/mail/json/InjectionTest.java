package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever breaks a line, ends a string or smuggles a byte, in every place that reaches the wire.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InjectionTest {

  /** Members with a hole for the payload, by the pointer of the hole. */
  private static final Map<String, String> HOLES =
      Map.ofEntries(
          Map.entry("/from", "'from':'A%s <a@b.test>'"),
          Map.entry("/to", "'to':'a%s@b.test'"),
          Map.entry("/to/1", "'to':['a@b.test','\\\"A%s\\\" <a@b.test>']"),
          Map.entry("/cc/0", "'cc':['\\\"a%s\\\"@b.test']"),
          Map.entry("/bcc", "'bcc':'a@b%s.test'"),
          Map.entry("/reply_to", "'reply_to':'a@b.test%s'"),
          Map.entry("/subject", "'subject':'Hello%s'"),
          Map.entry("/headers/X-A", "'headers':{'X-A':'1%s'}"),
          Map.entry("/headers", "'headers':{'X-%s':'1'}"),
          Map.entry("/attachments/0/filename", "'attachments':[{'filename':'a%s.txt'}]"),
          Map.entry("/attachments/0/content", "'attachments':[{'content':'AA%s=='}]"),
          Map.entry(
              "/attachments/0/content_type",
              "'attachments':[{'content_type':'text/plain; a=\\\"%s\\\"'}]"),
          Map.entry("/attachments/0/content_id", "'attachments':[{'content_id':'a%s'}]"),
          Map.entry("/envelope_sender", "'envelope_sender':'a@b.test%s'"),
          Map.entry("/id", "'id':'m%s'"),
          Map.entry("/idempotency_key", "'idempotency_key':'k%s'"),
          Map.entry("/route", "'route':'r%s'"),
          Map.entry("/tags/a", "'tags':{'a':'b%s'}"),
          Map.entry("/tags", "'tags':{'a%s':'b'}"),
          Map.entry("/metadata/a", "'metadata':{'a':'%s'}"),
          Map.entry("/only_if", "'only_if':{'t%s':1}"),
          Map.entry("/locale", "'locale':'en%s'"),
          Map.entry("/time_zone", "'time_zone':'UTC%s'"),
          Map.entry("/scheduled_at", "'scheduled_at':'2026-12-01T09:00:00Z%s'"));

  /** Where a value may be folded like a header field. */
  private static final Set<String> FOLDABLE =
      Set.of(
          "/from",
          "/to",
          "/to/1",
          "/cc/0",
          "/bcc",
          "/reply_to",
          "/headers/X-A",
          "/envelope_sender");

  private static final Set<String> BLANKS = Set.of("U+0009", "fold");

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @TestFactory
  List<DynamicTest> refuses_every_payload_in_every_place() {
    return HOLES.entrySet().stream()
        .map(hole -> dynamicTest(hole.getKey(), () -> refusesAll(hole.getKey(), hole.getValue())))
        .toList();
  }

  @Test
  void text_keeps_its_lines_but_takes_no_zero() throws InvalidMail {
    byte[] lines = document("'html':'a\\r\\n\\tb\\u0085\\u2028'").getBytes(UTF_8);

    assertEquals("a\r\n\tb\u0085\u2028", codec.decode(lines).body().html().orElseThrow());
    assertEquals("/html", refuse("'html':'a\\u0000'").pointer());
  }

  @Test
  void han_whose_low_byte_is_a_line_break_stays_what_it_is() throws InvalidMail {
    byte[] json = document("'subject':'\u760D\u760A','cc':'\u560D\u560A@b.test'").getBytes(UTF_8);

    Mail mail = codec.decode(json);

    assertEquals("\u760D\u760A", mail.subject());
    assertEquals("\u560D\u560A@b.test", mail.cc().get(0).address());
  }

  private void refusesAll(String pointer, String members) {
    payloads()
        .forEach(
            (name, payload) -> {
              String mail = members.formatted(payload);
              if (!FOLDABLE.contains(pointer) || !BLANKS.contains(name) || !isUnfolded(mail)) {
                assertEquals(pointer, refuse(mail).pointer(), name);
              }
            });
  }

  /** True if it is taken, and no control is left of it. */
  private boolean isUnfolded(String members) {
    try {
      Mail mail = codec.decode(document(members).getBytes(ISO_8859_1));
      return mail.toString().chars().noneMatch(Character::isISOControl);
    } catch (InvalidMail refused) {
      return false;
    }
  }

  /** As it stands in the JSON, escaped; bytes that are no UTF-8 as the Latin-1 characters. */
  private static Map<String, String> payloads() {
    Map<String, String> payloads = new LinkedHashMap<>();
    controls().forEach(c -> payloads.put("U+%04X".formatted(c), "\\u%04x".formatted(c)));
    payloads.put("CRLF header", "\\r\\nBcc: x@y.test");
    payloads.put("CRLF body", "\\r\\n\\r\\n<script>");
    payloads.put("LF header", "\\nBcc: x@y.test");
    payloads.put("CR header", "\\rBcc: x@y.test");
    payloads.put("fold", "\\r\\n x");
    payloads.put("end of data", "\\r\\n.\\r\\n");
    payloads.put("high half", "\\ud800");
    payloads.put("low half", "\\udc00");
    payloads.put("halves in the wrong order", "\\ude00\\ud83d");
    rawBytes().forEach((name, bytes) -> payloads.put(name, bytes));
    return payloads;
  }

  private static List<Integer> controls() {
    List<Integer> controls = new ArrayList<>();
    for (int c = 0; c < 0xA0; c = c == 0x1F ? 0x7F : c + 1) {
      controls.add(c);
    }
    controls.add(0x2028);
    controls.add(0x2029);
    return controls;
  }

  private static Map<String, String> rawBytes() {
    return Map.of(
        "overlong LF", "\u00C0\u008A",
        "overlong LF in three", "\u00E0\u0080\u008A",
        "overlong LF in four", "\u00F0\u0080\u0080\u008A",
        "surrogate", "\u00ED\u00A0\u0080",
        "CESU pair", "\u00ED\u00A0\u00BD\u00ED\u00B8\u0080",
        "beyond Unicode", "\u00F4\u0090\u0080\u0080",
        "Latin-1", "\u00FC",
        "raw LF", "\n",
        "raw NUL", "\0");
  }

  private InvalidMail refuse(String members) {
    byte[] json = document(members).getBytes(ISO_8859_1);
    return assertThrows(InvalidMail.class, () -> codec.decode(json));
  }

  private static String document(String members) {
    String rest =
        Stream.of("'from':'a@b.test'", "'to':'c@d.test'", "'html':''")
            .filter(member -> !members.startsWith(member.substring(0, member.indexOf(':'))))
            .reduce("", (all, member) -> all + "," + member);
    return ("{" + members + rest + "}").replace('\'', '"');
  }
}
