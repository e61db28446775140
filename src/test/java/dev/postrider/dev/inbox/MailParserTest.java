package dev.postrider.dev.inbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailParserTest {

  private static final String WHOLE =
      """
      From: =?UTF-8?Q?Zo=C3=AB?= <zoe@acme.test>
      Subject: =?UTF-8?Q?D=C3=A9j=C3=A0?=
       =?UTF-8?Q?_vu?=
      Content-Type: multipart/mixed; boundary=m

      --m
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: multipart/alternative; boundary=a

      --a
      Content-Type: text/plain; charset=ISO-8859-1
      Content-Transfer-Encoding: quoted-printable

      Gr=FC=DFe
      --a
      Content-Type: text/html; charset=UTF-8
      Content-Transfer-Encoding: base64

      PHA+R3LDvMOfZTwvcD48aW1nIHNyYz0iY2lkOmxvZ28iPg==
      --a--
      --r
      Content-Type: image/png
      Content-ID: <logo>
      Content-Disposition: inline
      Content-Transfer-Encoding: base64

      AQID
      --r--
      --m
      Content-Type: text/plain
      Content-Disposition: attachment; filename="notes.txt"

      A note
      --m--
      """;

  @Test
  void reads_text_and_html_in_their_own_charsets() {
    ParsedMail mail = read(WHOLE);
    assertEquals(Optional.of("Grüße"), mail.text().map(String::strip));
    assertEquals(Optional.of("<p>Grüße</p><img src=\"cid:logo\">"), mail.html());
  }

  @Test
  void decodes_and_unfolds_the_header() {
    List<ParsedMail.Field> header = MailParser.header(wire(WHOLE));
    assertEquals("Zoë <zoe@acme.test>", ParsedMail.field(header, "from"));
    assertEquals("Déjà vu", ParsedMail.field(header, "Subject"));
    assertEquals("", ParsedMail.field(header, "Cc"));
  }

  @Test
  void lists_what_is_embedded_and_what_is_attached() {
    List<ParsedMail.File> files = read(WHOLE).files();
    assertEquals(
        List.of("unnamed image/png logo", "notes.txt text/plain "),
        files.stream()
            .map(file -> file.name() + " " + file.type() + " " + file.contentId())
            .toList());
    assertArrayEquals(new byte[] {1, 2, 3}, files.get(0).content());
  }

  @Test
  void shows_embedded_images_without_any_address_to_load_from() {
    assertEquals(
        "<p>Grüße</p><img src=\"data:image/png;base64,AQID\">", new HtmlView(read(WHOLE)).text());
  }

  @Test
  void leaves_an_unknown_content_id_as_it_is() {
    ParsedMail mail = read("Content-Type: text/html\n\n<img src='cid:unknown$1'>");
    assertEquals("<img src='cid:unknown$1'>", new HtmlView(mail).text().strip());
  }

  @Test
  void shows_as_much_as_it_can_of_a_broken_mail() {
    assertEquals(Optional.of("x"), read("no header\n\nx").text().map(String::strip));
    assertEquals(
        Optional.of("x"),
        read("Content-Type: text/plain; charset=nowhere\n\nx").text().map(String::strip));
    assertEquals(List.of(), read("").fields());
  }

  private static ParsedMail read(String mail) {
    return MailParser.read(wire(mail));
  }

  private static byte[] wire(String mail) {
    return mail.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }
}
