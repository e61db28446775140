package dev.postrider.mail.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.mail.Address;
import dev.postrider.mail.Attachment;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * Goal: no bytes at all make the codec fail in another way than {@link InvalidMail}, hang, or let a
 * control through. Method: seeded mutations of the valid examples, byte by byte and token by token.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MutatedMailTest {

  private static final int ROUNDS = 200_000;
  private static final long SEED = 5322;
  private static final Path VALID = Path.of("src/test/resources/mails/valid");

  private static final Pattern ADDRESS = Pattern.compile("[^<>]+@[A-Za-z0-9.:\\[\\]-]+");

  private static final String[] TOKENS = {
    "\"",
    "\\",
    "\\u000a",
    "\\ud800",
    "\\udc00",
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-1",
    "1e9",
    "99999999999999999999",
    "<",
    ">",
    "@",
    "(",
    ";",
    "\r\n",
    "\0",
    "\"to\"",
    "\"from\"",
    "=?utf-8?q?=0a?=",
    "\u00FC",
    "\u2028",
    "\uD83E\uDD8A",
    "=",
    "..",
    "/",
    "%0a",
    "[IPv6:::1]"
  };

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final Random random = new Random(SEED);

  @Test
  void nothing_but_invalid_mail_is_thrown_and_no_control_passes() {
    List<byte[]> mails = valid();
    int taken = Assertions.assertTimeoutPreemptively(Duration.ofMinutes(3), () -> takenOf(mails));
    assertTrue(taken > ROUNDS / 100, "some mutations are harmless: " + taken);
    assertTrue(taken < ROUNDS / 2, "most are not: " + taken);
  }

  private int takenOf(List<byte[]> mails) {
    int taken = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] json = mutated(mails.get(round % mails.size()));
      try {
        check(codec.decode(json));
        taken++;
      } catch (InvalidMail fault) {
        assertTrue(fault.pointer().isEmpty() || fault.pointer().startsWith("/"));
        assertTrue(isLine(fault.pointer()) && isLine(fault.getMessage()));
      } catch (RuntimeException e) {
        throw new AssertionError(new String(json, UTF_8), e);
      }
    }
    return taken;
  }

  private static List<byte[]> valid() {
    try (Stream<Path> files = Files.list(VALID)) {
      List<byte[]> mails = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        mails.add(Files.readAllBytes(file));
      }
      return mails;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] mutated(byte[] mail) {
    byte[] json = mail;
    for (int times = 1 + random.nextInt(3); times > 0; times--) {
      json = mutatedOnce(json);
    }
    return json;
  }

  private byte[] mutatedOnce(byte[] json) {
    int at = random.nextInt(json.length + 1);
    int until = Math.min(json.length, at + random.nextInt(8));
    return switch (random.nextInt(5)) {
      case 0 -> replaced(json, at, Math.min(at + 1, json.length), randomBytes(1));
      case 1 -> replaced(json, at, until, new byte[0]);
      case 2 -> replaced(json, at, at, token());
      case 3 -> replaced(json, at, until, token());
      default -> replaced(json, at, at, Arrays.copyOfRange(json, at, until));
    };
  }

  private byte[] token() {
    return TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8);
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] replaced(byte[] json, int from, int to, byte[] with) {
    byte[] result = new byte[json.length - (to - from) + with.length + 1];
    System.arraycopy(json, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(json, to, result, from + with.length, json.length - to);
    result[result.length - 1] = '\n';
    return result;
  }

  /** What every reader of a mail may rely on, checked without the code that promises it. */
  private static void check(Mail mail) {
    Stream.of(mail.to(), mail.cc(), mail.bcc(), mail.replyTo(), List.of(mail.from()))
        .flatMap(List::stream)
        .forEach(MutatedMailTest::check);
    assertTrue(isLine(mail.subject()) && isLine(mail.sender()));
    Stream.of(mail.headers(), mail.tags(), mail.metadata())
        .forEach(map -> assertTrue(isLine(map.toString())));
    for (Attachment attachment : mail.attachments()) {
      assertTrue(isLine(attachment.filename() + attachment.contentType()));
      assertTrue(isLine(attachment.contentId().orElse("")));
    }
    assertTrue(isLine(mail.id() + "" + mail.terms()));
  }

  private static void check(Address address) {
    assertTrue(isLine(address.name().orElse("")) && isLine(address.address()));
    assertTrue(ADDRESS.matcher(address.address()).matches(), address.address());
    assertTrue(address.address().getBytes(UTF_8).length <= 254);
  }

  private static boolean isLine(String text) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int type = Character.getType(text.codePointAt(i));
      if (type == Character.CONTROL
          || type == Character.SURROGATE
          || type == Character.LINE_SEPARATOR
          || type == Character.PARAGRAPH_SEPARATOR) {
        return false;
      }
    }
    return true;
  }
}
