package dev.postrider.mail.json;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.support.Seeds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Goal: any bytes are a mail that keeps every rule, or are refused with the place. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MailCodecFuzzTest {

  private static final int CHANGES = 5_000;

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);

  @FuzzTest
  void decodes(byte[] json) {
    Mail mail;
    try {
      mail = codec.decode(json);
    } catch (InvalidMail refused) {
      assertTrue(refused.pointer().isEmpty() || refused.pointer().startsWith("/"));
      assertTrue(hasNoControl(refused.pointer() + refused.getMessage()));
      return;
    }
    assertTrue(mail.to().size() + mail.cc().size() + mail.bcc().size() > 0);
    Stream.of(List.of(mail.from()), mail.to(), mail.cc(), mail.bcc(), mail.replyTo())
        .flatMap(List::stream)
        .forEach(address -> assertTrue(hasNoControl(address.toString())));
    assertTrue(hasNoControl(mail.subject() + mail.sender() + mail.headers()));
    assertTrue(hasNoControl("" + mail.id() + mail.tags() + mail.metadata() + mail.terms()));
    for (Attachment file : mail.attachments()) {
      assertTrue(hasNoControl(file.filename() + file.contentType() + file.contentId()));
    }
  }

  @Test
  void decodes_changed_seeds() {
    Seeds.of(getClass(), "decodes").changed(CHANGES).forEach(this::decodes);
  }

  private static boolean hasNoControl(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }
}
