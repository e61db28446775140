package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.Mail.OnUnknown;
import dev.postrider.mail.MailLimits;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a well-formed mail becomes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailCodecTest {

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @Test
  void reads_the_smallest_mail() throws InvalidMail {
    Mail mail = decode("{'from':'hi@acme.test','to':'ana@example.test','text':'It works.'}");

    assertEquals(new Address(Optional.empty(), "hi@acme.test"), mail.from());
    assertEquals(List.of(new Address(Optional.empty(), "ana@example.test")), mail.to());
    assertEquals(new Mail.Body(Optional.of("It works."), Optional.empty(), List.of()), mail.body());
    assertEquals("", mail.subject());
    assertEquals("hi@acme.test", mail.sender());
    assertEquals(OnUnknown.RESEND, mail.terms().onUnknown());
    assertFalse(mail.terms().scheduledAt().isPresent());
  }

  /** Mails share a pool of keys, also with mails on other threads. */
  @Test
  void reads_keys_that_no_other_mail_has_on_many_threads_at_once() {
    IntStream.range(0, 5_000)
        .parallel()
        .forEach(number -> assertEquals(Map.of("key" + number, "v"), metadata(number)));
  }

  private Map<String, String> metadata(int number) {
    String json =
        "{'from':'hi@acme.test','to':'ana@example.test','text':'','metadata':{'key%d':'v'}}";
    return assertDoesNotThrow(() -> decode(json.formatted(number)).metadata());
  }

  @Test
  void reads_every_key() throws InvalidMail {
    Mail mail =
        decode(
            "{'from':'Acme <hi@acme.test>','to':['Ana <ana@example.test>','b@example.test'],"
                + "'cc':'c@example.test','bcc':['d@example.test'],'reply_to':'r@acme.test',"
                + "'subject':'Hello','text':'Hi\\r\\n','html':'<p>Hi</p>','locale':'pt-BR',"
                + "'time_zone':'Europe/Paris','headers':{'X-B':'2','X-A':'1'},"
                + "'attachments':[{'filename':'a.png','content':'AAEC','content_type':'image/PNG',"
                + "'content_id':'logo'}],'envelope_sender':'b+1@bounce.acme.test','id':'m-1',"
                + "'idempotency_key':'welcome/1','scheduled_at':'2026-12-01T09:00:00+01:00',"
                + "'expires_at':'2026-12-02T09:00:00.5Z','only_if':{'offer:1':3,'mail/m-1':0},"
                + "'on_unknown':'hold','route':'ses','tags':{'kind':'welcome'},"
                + "'metadata':{'order':'42'}}");

    assertEquals(Optional.of("m-1"), mail.id());
    assertEquals(Optional.of("Acme"), mail.from().name());
    assertEquals(2, mail.to().size());
    assertEquals("c@example.test", mail.cc().get(0).address());
    assertEquals("d@example.test", mail.bcc().get(0).address());
    assertEquals("r@acme.test", mail.replyTo().get(0).address());
    assertEquals(
        new Mail.Body(Optional.of("Hi\r\n"), Optional.of("<p>Hi</p>"), List.of()), mail.body());
    assertEquals(Optional.of(Locale.forLanguageTag("pt-BR")), mail.locale());
    assertEquals(Optional.of(ZoneId.of("Europe/Paris")), mail.timeZone());
    assertEquals(List.of("X-B", "X-A"), List.copyOf(mail.headers().keySet()));
    Attachment image = mail.attachments().get(0);
    assertEquals("image/png", image.contentType());
    assertArrayEquals(new byte[] {0, 1, 2}, image.content());
    assertEquals(Optional.of("logo@acme.test"), image.contentId());
    assertEquals("b+1@bounce.acme.test", mail.sender());
    assertEquals(Map.of("kind", "welcome"), mail.tags());
    assertEquals(Map.of("order", "42"), mail.metadata());
    assertEquals(
        new Mail.Terms(
            Optional.of("welcome/1"),
            Optional.of(Instant.parse("2026-12-01T08:00:00Z")),
            Optional.of(Instant.parse("2026-12-02T09:00:00.5Z")),
            Map.of("offer:1", 3L, "mail/m-1", 0L),
            OnUnknown.HOLD,
            Optional.of("ses")),
        mail.terms());
  }

  @Test
  void reads_a_part_of_an_array() throws InvalidMail {
    byte[] json = "xx{\"from\":\"a@b\",\"to\":\"c@d\",\"text\":\"\"}yy".getBytes(UTF_8);

    Mail mail = codec.decode(json, 2, json.length - 4);

    assertEquals("a@b", mail.from().address());
  }

  @Test
  void a_mail_cannot_be_changed() throws InvalidMail {
    Mail mail = decode("{'from':'a@b','to':'c@d','text':'','tags':{'a':'b'}}");

    assertThrows(UnsupportedOperationException.class, () -> mail.to().clear());
    assertThrows(UnsupportedOperationException.class, () -> mail.tags().clear());
    assertThrows(UnsupportedOperationException.class, () -> mail.headers().put("X", "y"));
  }

  @Test
  void points_at_the_fault() {
    InvalidMail fault =
        assertThrows(
            InvalidMail.class, () -> decode("{'from':'a@b','to':['c@d','e@f, g@h'],'text':''}"));

    assertEquals("/to/1", fault.pointer());
    assertFalse(fault.getMessage().contains("g@h"));
  }

  private Mail decode(String json) throws InvalidMail {
    return codec.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}
