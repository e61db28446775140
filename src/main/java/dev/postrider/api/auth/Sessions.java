package dev.postrider.api.auth;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates and verifies session values: role, end and nonce, signed with a key derived from the
 * role's token. Nothing is stored, so every worker with the same tokens accepts a session, and a
 * changed token ends all its sessions. {@link RevokedSessions} holds those that ended early.
 */
@Singleton
final class Sessions {

  /** One working day. */
  static final Duration LIFETIME = Duration.ofHours(8);

  private static final Pattern FORMAT =
      Pattern.compile("(admin|viewer)\\.(\\d{1,12})\\.([A-Za-z0-9_-]{16})\\.([A-Za-z0-9_-]{43})");
  private static final String ALGORITHM = "HmacSHA256";

  private final Tokens tokens;
  private final SecureRandom random = new SecureRandom();

  Sessions(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The value of a new session; it does not contain the token. */
  String create(String role, Instant now) {
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    String claim = role + '.' + now.plus(LIFETIME).getEpochSecond() + '.' + base64Url(nonce);
    return claim + '.' + base64Url(sign(role, claim).orElseThrow());
  }

  /**
   * A verified session.
   *
   * @param id random; says nothing about the user
   * @param role of the token
   * @param end it is invalid from then on
   */
  record Session(String id, String role, Instant end) {}

  /** The session of a value; empty if the value is malformed, forged or expired. */
  Optional<Session> read(String value, Instant now) {
    Matcher matcher = FORMAT.matcher(value);
    if (!matcher.matches() || Long.parseLong(matcher.group(2)) <= now.getEpochSecond()) {
      return Optional.empty();
    }
    String claim = value.substring(0, value.lastIndexOf('.'));
    byte[] offered = matcher.group(4).getBytes(StandardCharsets.US_ASCII);
    return sign(matcher.group(1), claim)
        .map(signature -> base64Url(signature).getBytes(StandardCharsets.US_ASCII))
        .filter(signature -> MessageDigest.isEqual(signature, offered))
        .map(signature -> session(matcher));
  }

  private static Session session(Matcher claim) {
    Instant end = Instant.ofEpochSecond(Long.parseLong(claim.group(2)));
    return new Session(claim.group(3), claim.group(1), end);
  }

  private Optional<byte[]> sign(String role, String claim) {
    return tokens.digestOf(role).map(digest -> hmac(hmac(digest, "postrider session"), claim));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java runtime has HMAC-SHA-256.", e);
    }
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
