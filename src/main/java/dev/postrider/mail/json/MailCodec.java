package dev.postrider.mail.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a mail from its JSON, strictly: a mail that breaks a rule of the contract is refused, with
 * the place and what to do. Thread-safe; one pass, no reflection.
 */
public final class MailCodec {

  /** The deepest valid document has three levels; a limit protects the stack. */
  private static final int DEPTH_MAX = 16;

  /** Longest key of the contract, a topic, has 128 characters. */
  private static final int KEY_MAX = 1024;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /**
   * A factory pools the keys it has read and copies the pool when a mail has a new key. Topics are
   * unbounded: a single pool costs 8 µs a mail, one for each mail 0.6 µs and 4 KB.
   */
  private static final int MAILS_PER_POOL = 32;

  private final MailLimits limits;
  private final JsonFactory factory;
  private final AtomicInteger mails = new AtomicInteger();
  private volatile JsonFactory pool;

  public MailCodec(MailLimits limits) {
    this.limits = limits;
    this.factory = factory(limits);
    this.pool = factory;
  }

  /**
   * Reads one mail.
   *
   * @param json one JSON object in UTF-8, without a byte order mark
   * @throws InvalidMail naming the first fault
   */
  public Mail decode(byte[] json) throws InvalidMail {
    return decode(json, 0, json.length);
  }

  /**
   * Reads one mail from a part of an array; does not keep or change the array.
   *
   * @throws InvalidMail naming the first fault
   */
  Mail decode(byte[] json, int offset, int length) throws InvalidMail {
    if (length > limits.mailSize()) {
      throw new InvalidMail("", "too large: at most " + limits.mailSize() + " bytes of JSON");
    }
    refuseOtherEncodings(json, offset, length);
    Utf8Scan source = new Utf8Scan(json, offset, length);
    try (JsonParser parser = pool().createParser(json, offset, source.validLength())) {
      return read(new JsonCursor(parser, source));
    } catch (IOException e) {
      // The document is in memory: I/O cannot fail.
      throw new UncheckedIOException(e);
    }
  }

  private JsonFactory pool() {
    if (mails.getAndIncrement() % MAILS_PER_POOL == 0) {
      pool = factory.copy();
    }
    return pool;
  }

  /** The parser would accept UTF-16, UTF-32 and a byte order mark; the contract does not. */
  private static void refuseOtherEncodings(byte[] json, int offset, int length) throws InvalidMail {
    int head = Math.min(length, 4);
    for (int i = 0; i < head; i++) {
      if (json[offset + i] == 0) {
        throw new InvalidMail("", "not UTF-8: expected a JSON object in UTF-8");
      }
    }
    if (length >= 3 && Arrays.equals(json, offset, offset + 3, BYTE_ORDER_MARK, 0, 3)) {
      throw new InvalidMail("", "starts with a byte order mark: send UTF-8 without it");
    }
  }

  private Mail read(JsonCursor jsonCursor) throws InvalidMail {
    jsonCursor.start();
    Mail mail = new MailReader(jsonCursor, limits).read();
    jsonCursor.end();
    return mail;
  }

  private static JsonFactory factory(MailLimits limits) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // Mails share the pool: keys that collide on purpose must not make other mails fail.
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNameLength(KEY_MAX)
                .maxStringLength(limits.mailSize())
                .build())
        .build();
  }
}
