package dev.postrider.mime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of a mail from acme.test: {@code logo}, without a domain, and {@code a.b@other.test}. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CidReferencesTest {

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<img src=\"cid:logo\">|<img src=\"cid:logo@acme.test\">",
        "<img src='cid:logo'>|<img src='cid:logo@acme.test'>",
        "<img src=cid:logo>|<img src=cid:logo@acme.test>",
        "<img src=cid:logo alt=x>|<img src=cid:logo@acme.test alt=x>",
        "<IMG SRC=\" CID:logo \">|<IMG SRC=\" CID:logo@acme.test \">",
        "<img src=\"cid:%6Cogo\">|<img src=\"cid:logo@acme.test\">",
        "<img src=\"cid:logo%40acme.test\">|<img src=\"cid:logo@acme.test\">",
        "<img src=\"cid:logo@acme.test\">|<img src=\"cid:logo@acme.test\">",
        "<td style=\"background:url(cid:logo)\">|<td style=\"background:url(cid:logo@acme.test)\">",
        "<td style=\"background:url('cid:logo')\">|<td"
            + " style=\"background:url('cid:logo@acme.test')\">",
        "<td style=\"x:url( cid:logo )\">|<td style=\"x:url( cid:logo@acme.test )\">",
        "<td style=\"x:url(&quot;cid:logo&quot;)\">|<td"
            + " style=\"x:url(&quot;cid:logo@acme.test&quot;)\">",
        "<td style=\"x:url(&#39;cid:logo&#39;)\">|<td"
            + " style=\"x:url(&#39;cid:logo@acme.test&#39;)\">",
        "<style>p{x:url(cid:logo)}</style>|<style>p{x:url(cid:logo@acme.test)}</style>",
        "<STYLE type=a>p{x:url(\"cid:logo\")}</STYLE>|<STYLE"
            + " type=a>p{x:url(\"cid:logo@acme.test\")}</STYLE>",
        "<img srcset=\"cid:logo 1x, cid:logo 2x\">|<img srcset=\"cid:logo@acme.test 1x,"
            + " cid:logo@acme.test 2x\">",
        "<!--[if mso]><v:fill src=\"cid:logo\"/><![endif]-->|<!--[if mso]><v:fill"
            + " src=\"cid:logo@acme.test\"/><![endif]-->",
        "<!-- don't --><img src=\"cid:logo\">|<!-- don't --><img src=\"cid:logo@acme.test\">",
        "<img alt=\"a > b\" src=\"cid:logo\">|<img alt=\"a > b\" src=\"cid:logo@acme.test\">",
        "1 < 2 <img src=\"cid:logo\"|1 < 2 <img src=\"cid:logo@acme.test\""
      })
  void are_written_with_the_whole_id(String html, String expected) throws InvalidMail {
    CidReferences references = references(html);
    assertEquals(Optional.of(expected), references.html());
    assertTrue(references.contains("logo@acme.test"));
    assertFalse(references.contains("a.b@other.test"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<p>no image</p>",
        "<img src='cid:logo2'>",
        "<img src='cid:logo.png'>",
        "<img src='cid:log'>",
        "<img src='cid:Logo'>",
        "<img src='cid:logo@other.test'>",
        "<img src='cid:logo#x'>",
        "<img src='cid:logo?x'>",
        "<img src='cid:logo%'>",
        "<img src='cid:logo%zz'>",
        "<img src='cid:logo%2'>",
        "<img src='cid:logo&amp;x'>",
        "<img src='cid:logo&#64;acme.test'>",
        "<img src='cid:'>",
        "<img src='acid:logo'>",
        "<img src='x-cid:logo'>",
        "<img src='http://cid.test/logo'>",
        "<img src='cid:a.b'>",
        "<p>Write cid:logo in the source.</p>",
        "<p>\"cid:logo\" (cid:logo)</p>",
        "<styled>cid:logo</styled>",
        "<style></style>url(cid:logo)",
        "<"
      })
  void are_left_alone_if_they_mean_no_image(String html) throws InvalidMail {
    CidReferences references = references(html);
    assertEquals(Optional.of(html), references.html());
    assertFalse(references.contains("logo@acme.test"));
  }

  @Test
  void lead_images_beside_the_html_and_others_into_the_list_of_files() throws InvalidMail {
    String message = compose(mail("hi@acme.test", "<img src='cid:a.b@other.test'>"));
    assertTrue(message.contains("Content-Type: multipart/mixed"), message);
    assertTrue(message.contains("Content-Type: multipart/related; type=\"text/html\""), message);
    assertTrue(
        message.contains("Content-ID: <a.b@other.test>\r\nContent-Disposition: inline"), message);
    assertTrue(
        message.contains("Content-ID: <logo@acme.test>\r\nContent-Disposition: attachment"),
        message);
  }

  @Test
  void need_no_domain_of_the_author() throws InvalidMail {
    String html = "<img src='cid:logo@localhost'>";
    assertTrue(compose(mail("hi@[192.0.2.1]", "<img src='cid:logo'>")).contains(html));
    String idn = compose(mail("hi@b\u00fccher.test", "<img src='cid:logo'>"));
    assertTrue(idn.contains("Content-ID: <logo@xn--bcher-kva.test>"), idn);
  }

  private CidReferences references(String html) throws InvalidMail {
    return CidReferences.of(mail("hi@acme.test", html));
  }

  private Mail mail(String from, String html) throws InvalidMail {
    String json =
        """
        {"from":"%s","to":"ana@example.test","html":"%s","attachments":[
        {"filename":"1.png","content":"","content_type":"image/png","content_id":"logo"},
        {"filename":"2.png","content":"","content_type":"image/png","content_id":"<a.b@other.test>"}]}
        """;
    return codec.decode(json.formatted(from, html.replace("\"", "\\\"")).getBytes(UTF_8));
  }

  private static String compose(Mail mail) {
    return new String(new Composer().compose(mail, new Stamp("1-0", Instant.EPOCH)), UTF_8);
  }
}
