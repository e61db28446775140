package dev.postrider.mail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reads a mail from its JSON, strictly: what it returns keeps every rule of the contract, and what
 * breaks one is refused with the place and the remedy. Thread-safe; one pass, no reflection.
 */
public final class MailCodec {

  /** The deepest valid document has three levels; more is an attack on the stack. */
  private static final int DEPTH_MAX = 16;

  /** Longest key of the contract, a topic, has 128 characters. */
  private static final int KEY_MAX = 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final MailLimits limits;
  private final JsonFactory factory;

  public MailCodec(MailLimits limits) {
    this.limits = limits;
    this.factory = factory(limits);
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
   * Reads one mail from a part of an array, which is neither kept nor changed.
   *
   * @throws InvalidMail naming the first fault
   */
  public Mail decode(byte[] json, int offset, int length) throws InvalidMail {
    if (length > limits.mailSize()) {
      throw new InvalidMail("", "too large: at most " + limits.mailSize() + " bytes of JSON");
    }
    JsonText source = JsonText.of(json, offset, length);
    if (!source.text().isEmpty() && source.text().charAt(0) == BYTE_ORDER_MARK) {
      throw new InvalidMail("", "starts with a byte order mark: send UTF-8 without it");
    }
    try (JsonParser parser = factory.createParser(source.text())) {
      return read(new Cursor(parser, source));
    } catch (IOException e) {
      // The document is in memory: opening and closing cannot fail.
      throw new UncheckedIOException(e);
    }
  }

  private Mail read(Cursor cursor) throws InvalidMail {
    cursor.start();
    Mail mail = new MailReader(cursor, limits).read();
    cursor.end();
    return mail;
  }

  /**
   * Keys are not pooled: topics are as many as offers, and the pool would be copied for each new
   * one.
   */
  private static JsonFactory factory(MailLimits limits) {
    return JsonFactory.builder()
        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxNameLength(KEY_MAX)
                .maxStringLength(Math.max(limits.mailSize(), 1))
                .build())
        .build();
  }
}
