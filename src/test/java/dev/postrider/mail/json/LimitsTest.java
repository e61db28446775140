package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.support.Hostile;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every bound from both sides: one less and the bound itself are taken, one more is refused. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitsTest {

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final MailSchema schema = new MailSchema();

  @Hostile(value = "limits at n-1, n, n+1", each = 3)
  @TestFactory
  Stream<DynamicTest> takes_up_to_the_bound_and_no_more() {
    return Stream.of(
        bound("/to/100", 100, n -> "'to':[" + times(n, "'r%d@a.test'") + "]"),
        bound("/bcc/10", 10, n -> recipients(60, 30) + ",'bcc':[" + times(n, "'b%d@a.test'") + "]"),
        bound("/reply_to/100", 100, n -> "'reply_to':[" + times(n, "'r%d@a.test'") + "]"),
        bound("/subject", 998, n -> "'subject':'" + "x".repeat(n) + "'"),
        bound("/subject", 998, n -> "'subject':'" + "\uD83E\uDD8A".repeat(n) + "'"),
        bound("/headers/X-51", 50, n -> "'headers':{" + times(n, "'X-%d':'1'") + "}"),
        bound("/headers", 64, n -> "'headers':{'" + "X".repeat(n) + "':'1'}"),
        bound("/headers/X-A", 997, n -> header("x".repeat(n))),
        bound("/headers/X-A", 997, n -> header("x " + " ".repeat(n - 1) + "y")),
        bound("/headers/X-A", 65_528, n -> header("x ".repeat(n / 2) + "x".repeat(n % 2 + 1))),
        bound("/headers/X-A", 32_764, n -> header("\u00FC".repeat(n))),
        bound("/attachments/25", 25, n -> files(times(n, "{'filename':'%d','content':''}"))),
        bound("/attachments/0/filename", 255, n -> file("'filename':'" + "x".repeat(n) + "'")),
        bound("/attachments/0/content_type", 255, n -> file(type("a=" + "x".repeat(n - 14)))),
        bound("/attachments/0/content_id", 128, n -> file("'content_id':'" + "x".repeat(n) + "'")),
        bound("/id", 128, n -> "'id':'" + "x".repeat(n) + "'"),
        bound("/idempotency_key", 256, n -> "'idempotency_key':'" + "\u5B57".repeat(n) + "'"),
        bound("/route", 63, n -> "'route':'" + "r".repeat(n) + "'"),
        bound("/only_if/t9", 8, n -> "'only_if':{" + times(n, "'t%d':1") + "}"),
        bound("/only_if", 128, n -> "'only_if':{'" + "t".repeat(n) + "':1}"),
        bound("/tags/t17", 16, n -> "'tags':{" + times(n, "'t%d':''") + "}"),
        bound("/tags", 64, n -> "'tags':{'" + "t".repeat(n) + "':''}"),
        bound("/tags/t", 256, n -> "'tags':{'t':'" + "x".repeat(n) + "'}"),
        bound("/metadata/m17", 16, n -> "'metadata':{" + times(n, "'m%d':''") + "}"),
        bound("/metadata/m", 1024, n -> "'metadata':{'m':'" + "x".repeat(n) + "'}"));
  }

  @Hostile(value = "limits at n-1, n, n+1", each = 3)
  @TestFactory
  Stream<DynamicTest> bounds_addresses_by_bytes() {
    return Stream.of(
        bound("/cc", 64, n -> cc("x".repeat(n) + "@a.test")),
        bound("/cc", 32, n -> cc("\u00FC".repeat(n) + "@a.test")),
        bound("/cc", 64, n -> cc("\\\"" + "x".repeat(n - 2) + "\\\"@a.test")),
        bound("/reply_to", 247, n -> "'reply_to':'" + "x".repeat(n) + "@a.test'"),
        bound("/envelope_sender", 64, n -> "'envelope_sender':'" + "x".repeat(n) + "@a.test'"),
        bound("/from", 64, n -> "'from':'" + "x".repeat(n) + "@a.test'"),
        bound(
            "/from",
            247,
            n -> "'from':'" + "x".repeat(n) + "@a.test','envelope_sender':'a@b.test'"),
        bound("/headers/Sender", 247, n -> "'headers':{'Sender':'" + "x".repeat(n) + "@a.test'}"),
        bound("/cc", 63, n -> cc("a@" + "x".repeat(n) + ".test")),
        bound("/cc", 254, n -> cc("a@" + "x.".repeat(120) + "x".repeat(n - 242))));
  }

  @Test
  void weighs_the_whole_document() {
    MailCodec small = new MailCodec(new MailLimits(1_000, 100, 50, 25));
    String mail = document("'subject':''");

    byte[] atBound = (mail + " ".repeat(1_000 - mail.length())).getBytes(UTF_8);
    byte[] above = (mail + " ".repeat(1_001 - mail.length())).getBytes(UTF_8);

    assertDoesNotThrow(() -> small.decode(atBound));
    assertEquals("", assertThrows(InvalidMail.class, () -> small.decode(above)).pointer());
  }

  @Test
  void takes_ten_mebibytes_of_text_and_of_file() throws InvalidMail {
    int room = (10 << 20) - 1_000;
    String file = "A".repeat(room / 4 * 4);

    Mail text = codec.decode(document("'html':'" + "x".repeat(room) + "'").getBytes(UTF_8));
    Mail files = codec.decode(document(file("'content':'" + file + "'")).getBytes(UTF_8));

    assertEquals(room, text.body().html().orElseThrow().length());
    assertEquals(room / 4 * 3, files.attachments().get(0).content().length);
  }

  private DynamicTest bound(String pointer, int most, IntFunction<String> members) {
    return dynamicTest(
        pointer + " " + most,
        () -> {
          assertDoesNotThrow(() -> decode(members.apply(most - 1)));
          assertDoesNotThrow(() -> decode(members.apply(most)));
          InvalidMail fault =
              assertThrows(InvalidMail.class, () -> decode(members.apply(most + 1)));
          assertEquals(pointer, fault.pointer());
          assertTrue(schema.accepts(document(members.apply(most))), "the schema, too");
          assertTrue(
              !schema.accepts(document(members.apply(most + 1))) || BeyondSchema.anyExplains(fault),
              "the schema, too");
        });
  }

  private Mail decode(String members) throws InvalidMail {
    return codec.decode(document(members).getBytes(UTF_8));
  }

  private static String document(String members) {
    String to = members.startsWith("'to':") ? "" : ",'to':'c@d.test'";
    String html = members.startsWith("'html':") ? "" : ",'html':''";
    String from = members.startsWith("'from':") ? "" : ",'from':'a@b.test'";
    return ("{" + members + to + html + from + "}").replace('\'', '"');
  }

  private static String times(int n, String one) {
    return IntStream.rangeClosed(1, n).mapToObj(one::formatted).collect(joining(","));
  }

  private static String recipients(int to, int cc) {
    return "'to':[" + times(to, "'t%d@a.test'") + "],'cc':[" + times(cc, "'c%d@a.test'") + "]";
  }

  private static String header(String value) {
    return "'headers':{'X-A':'" + value + "'}";
  }

  private static String cc(String address) {
    return "'cc':'" + address + "'";
  }

  private static String type(String parameter) {
    return "'content_type':'text/plain; " + parameter + "'";
  }

  private static String file(String member) {
    String name = member.startsWith("'filename'") ? "" : ",'filename':'a'";
    String content = member.startsWith("'content':") ? "" : ",'content':''";
    return files("{" + member + name + content + "}");
  }

  private static String files(String files) {
    return "'attachments':[" + files + "]";
  }
}
