package dev.postrider.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.Mail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Goal: the exact bytes of small mails, written out. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComposerTest {

  private static final Stamp STAMP = new Stamp("m:1", Instant.parse("2026-11-22T12:10:59Z"));

  @Test
  void writes_a_plain_mail() {
    assertEquals(
        """
        Message-ID: <m=3A1@acme.test>
        Date: Sun, 22 Nov 2026 13:10:59 +0100
        From: Acme <hi@acme.test>
        Reply-To: desk@acme.test
        To: "Doe, Jane" <jane@example.test>, =?UTF-8?Q?J=C3=BCrgen?=
         <j@xn--bcher-kva.test>
        Cc: c@example.test
        Subject: =?UTF-8?B?R3LDvMOfZQ==?=
        X-Own: 1
        Content-Language: de-AT
        MIME-Version: 1.0
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: 7bit

        Hello
        """,
        compose(
            new Mail(
                Optional.empty(),
                named("Acme", "hi@acme.test"),
                List.of(
                    named("Doe, Jane", "jane@example.test"),
                    named("Jürgen", "j@xn--bcher-kva.test")),
                List.of(plain("c@example.test")),
                List.of(plain("hidden@example.test")),
                List.of(plain("desk@acme.test")),
                "Grüße",
                new Mail.Body(Optional.of("Hello"), Optional.empty(), List.of()),
                Optional.of(Locale.forLanguageTag("de-AT")),
                Optional.of(ZoneId.of("Europe/Vienna")),
                Map.of("X-Own", "1"),
                List.of(),
                Optional.empty(),
                RandomMails.terms(),
                Map.of(),
                Map.of())));
  }

  @Test
  void nests_files_around_images_around_texts() {
    assertEquals(
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="=_3_4pltm0wzsd11"

        --=_3_4pltm0wzsd11
        Content-Type: multipart/related; type="multipart/alternative";
         boundary="=_2_4pltm0wzsd11"

        --=_2_4pltm0wzsd11
        Content-Type: multipart/alternative; boundary="=_1_4pltm0wzsd11"

        --=_1_4pltm0wzsd11
        Content-Type: text/plain; charset=UTF-8
        Content-Transfer-Encoding: 7bit

        Hello
        --=_1_4pltm0wzsd11
        Content-Type: text/html; charset=UTF-8
        Content-Transfer-Encoding: quoted-printable

        <img src=3D"cid:logo@acme"> Kind regards: viele Gr=C3=BC=C3=9Fe=20
        =2E
        --=_1_4pltm0wzsd11--
        --=_2_4pltm0wzsd11
        Content-Type: image/png; name="logo.png"
        Content-Transfer-Encoding: base64
        Content-ID: <logo@acme>
        Content-Disposition: inline; filename="logo.png"

        AQID
        --=_2_4pltm0wzsd11--
        --=_3_4pltm0wzsd11
        Content-Type: application/pdf; name="=?UTF-8?B?w5wucGRm?="
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename*=UTF-8''%C3%9C.pdf

        AQI=
        --=_3_4pltm0wzsd11--
        """,
        afterHeader(
            compose(
                mail(
                    "Hello",
                    "<img src=\"cid:logo@acme\"> Kind regards: viele Grüße \n.",
                    new Attachment("Ü.pdf", new byte[] {1, 2}, "application/pdf", Optional.empty()),
                    new Attachment(
                        "logo.png",
                        new byte[] {1, 2, 3},
                        "image/png",
                        Optional.of("logo@acme"))))));
  }

  @Test
  void lists_an_image_that_no_HTML_shows() {
    Attachment image = new Attachment("a.png", new byte[3], "image/png", Optional.of("a@b"));
    String message = compose(mail("Hello", null, image));
    assertTrue(message.contains("Content-Type: multipart/mixed"), message);
    assertTrue(message.contains("Content-ID: <a@b>\nContent-Disposition: attachment"), message);
  }

  @Test
  void names_the_field_that_holds_a_control_character() {
    Mail mail = mail("Hello", null);
    for (String evil : List.of("a\r\nBcc: x@y.test", "a\nb", "a\0", "a\u0085b", "ü\r\nb")) {
      assertRefused("Subject", withSubject(mail, evil));
      assertRefused("X-Own", withHeader(mail, "X-Own", evil));
      assertRefused("From", withFrom(mail, named(evil, "a@b.test")));
      assertRefused("From", withFrom(mail, plain(evil + "@b.test")));
      Attachment file = new Attachment(evil, new byte[1], "text/csv", Optional.empty());
      assertRefused("Content-", mail("Hello", null, file));
      Attachment type = new Attachment("a", new byte[1], evil, Optional.empty());
      assertRefused("Content-Type", mail("Hello", null, type));
      Attachment image = new Attachment("a", new byte[1], "image/png", Optional.of(evil));
      assertRefused("Content-ID", mail("Hello", null, image));
    }
  }

  private static void assertRefused(String field, Mail mail) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> compose(mail));
    assertTrue(refusal.getMessage().contains(field), refusal.getMessage());
  }

  @Test
  void refuses_a_header_name_that_is_none() {
    for (String name : List.of("", "X Own", "X:", "X\r\nY", "Ü")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> compose(withHeader(mail("Hello", null), name, "value")));
    }
  }

  @Test
  void writes_UTF_8_only_for_a_local_part_that_needs_it() {
    String header =
        compose(withFrom(mail("Hello", null), named("Jürgen", "jürgen@xn--bcher-kva.test")));
    assertTrue(header.contains("\nFrom: =?UTF-8?Q?J=C3=BCrgen?= <jürgen@xn--bcher-kva.test>\n"));
  }

  @Test
  void says_that_recipients_are_undisclosed_if_all_are_hidden() {
    assertTrue(compose(mail("Hello", null)).contains("\nTo: undisclosed-recipients:;\n"));
  }

  private static String compose(Mail mail) {
    byte[] message = new Composer().compose(mail, STAMP);
    return new String(message, StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static String afterHeader(String message) {
    return message.substring(message.indexOf("MIME-Version"));
  }

  private static Address named(String name, String address) {
    return new Address(Optional.of(name), address);
  }

  private static Address plain(String address) {
    return new Address(Optional.empty(), address);
  }

  private static Mail mail(String text, String html, Attachment... files) {
    Mail.Body body = new Mail.Body(Optional.ofNullable(text), Optional.ofNullable(html), List.of());
    return mail(plain("hi@acme.test"), "Hello", body, Map.of(), List.of(files));
  }

  private static Mail withSubject(Mail mail, String subject) {
    return mail(mail.from(), subject, mail.body(), mail.headers(), List.of());
  }

  private static Mail withHeader(Mail mail, String name, String value) {
    return mail(mail.from(), mail.subject(), mail.body(), Map.of(name, value), List.of());
  }

  private static Mail withFrom(Mail mail, Address from) {
    return mail(from, mail.subject(), mail.body(), mail.headers(), List.of());
  }

  private static Mail mail(
      Address from,
      String subject,
      Mail.Body body,
      Map<String, String> headers,
      List<Attachment> files) {
    return new Mail(
        Optional.empty(),
        from,
        List.of(),
        List.of(),
        List.of(plain("hidden@example.test")),
        List.of(),
        subject,
        body,
        Optional.empty(),
        Optional.empty(),
        headers,
        files,
        Optional.empty(),
        RandomMails.terms(),
        Map.of(),
        Map.of());
  }
}
