package dev.postrider.api.mails;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Splits a JSON array into the bytes of its elements, in one pass, without building a tree. */
final class JsonArraySplitter {

  /** Most mails of one batch. */
  static final int MAILS_MAX = 1_000;

  private static final String EXPECTED = "Expected a JSON array in UTF-8 of at most 1,000 mails.";

  /** The byte-based parser pools the keys it reads; so each batch uses its own copy. */
  private final JsonFactory json =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * The unchanged bytes of each element.
   *
   * @throws ProblemException if this is not an array, or has too many mails
   */
  List<byte[]> split(byte[] body) {
    refuseOtherEncodings(body);
    List<byte[]> elements = new ArrayList<>();
    try (JsonParser parser = json.copy().createParser(body)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw invalid();
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(element(body, parser));
        refuseTooMany(elements.size());
      }
      if (parser.nextToken() != null) {
        throw invalid();
      }
      return elements;
    } catch (IOException broken) {
      throw ProblemException.at(
          "/" + elements.size(), ProblemType.INVALID_REQUEST, "This is not JSON. " + EXPECTED);
    }
  }

  private static byte[] element(byte[] body, JsonParser parser) throws IOException {
    int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    parser.skipChildren();
    parser.finishToken();
    int end = Math.toIntExact(parser.currentLocation().getByteOffset());
    return Arrays.copyOfRange(body, start, end);
  }

  /** The parser detects UTF-16 and UTF-32 by their zero bytes; then its offsets would be wrong. */
  private static void refuseOtherEncodings(byte[] body) {
    for (int i = 0; i < Math.min(4, body.length); i++) {
      if (body[i] == 0) {
        throw invalid();
      }
    }
  }

  private static void refuseTooMany(int count) {
    if (count > MAILS_MAX) {
      throw ProblemException.of(ProblemType.INVALID_REQUEST, "Too many mails. " + EXPECTED);
    }
  }

  private static ProblemException invalid() {
    return ProblemException.at("", ProblemType.INVALID_REQUEST, EXPECTED);
  }
}
