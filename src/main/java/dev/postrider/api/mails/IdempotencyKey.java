package dev.postrider.api.mails;

import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.ProblemType;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the header {@code Idempotency-Key}: bare, or quoted as a structured field (RFC 8941). */
final class IdempotencyKey {

  static final String HEADER = "Idempotency-Key";

  private static final Pattern FORMAT = Pattern.compile("[\\x20-\\x7e]{1,256}");

  private IdempotencyKey() {}

  static Optional<String> read(Optional<String> header) {
    return header.map(IdempotencyKey::unquoted).map(IdempotencyKey::checked);
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String checked(String key) {
    if (!FORMAT.matcher(key).matches()) {
      throw ProblemException.of(
          ProblemType.INVALID_REQUEST,
          "The header Idempotency-Key must have 1 to 256 printable ASCII characters.");
    }
    return key;
  }
}
