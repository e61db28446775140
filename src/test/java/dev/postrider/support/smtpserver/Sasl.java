package dev.postrider.support.smtpserver;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's side of one SASL exchange (RFC 4954): takes the client's responses one by one and
 * returns a challenge or the result.
 */
final class Sasl {

  /** The mechanisms in the order of their announcement. */
  static final String MECHANISMS = "PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER";

  private static final String OAUTH_ERROR = "{\"status\":\"401\",\"schemes\":\"bearer\"}";

  /**
   * @param challenge what to ask next; empty at the end
   * @param user the authenticated user; empty if it failed or is not finished
   */
  record Step(Optional<String> challenge, Optional<String> user) {

    static Step ask(String challenge) {
      return new Step(Optional.of(challenge), Optional.empty());
    }

    static Step failed() {
      return new Step(Optional.empty(), Optional.empty());
    }
  }

  private final String mechanism;
  private final Map<String, String> accounts;
  private final String nonce;
  private String user;
  private boolean refused;

  Sasl(String mechanism, Map<String, String> accounts, String nonce) {
    this.mechanism = mechanism.toUpperCase(Locale.ROOT);
    this.accounts = accounts;
    this.nonce = nonce;
  }

  boolean known() {
    return (" " + MECHANISMS + " ").contains(" " + mechanism + " ");
  }

  /** The first step without an initial response. */
  Step begin() {
    return switch (mechanism) {
      case "LOGIN" -> Step.ask("Username:");
      case "CRAM-MD5" -> Step.ask(nonce);
      default -> Step.ask("");
    };
  }

  /** The next step, after the client's decoded response. */
  Step next(byte[] response) {
    String text = new String(response, StandardCharsets.UTF_8);
    return switch (mechanism) {
      case "PLAIN" -> plain(text);
      case "LOGIN" -> login(text);
      case "CRAM-MD5" -> cramMd5(text);
      case "XOAUTH2" -> bearer(text, "user=", "\u0001");
      default -> bearer(text, "n,a=", ",");
    };
  }

  private Step plain(String response) {
    String[] parts = response.split("\0", -1);
    return parts.length == 3 ? check(parts[1], parts[2]) : Step.failed();
  }

  private Step login(String response) {
    if (user == null) {
      user = response;
      return Step.ask("Password:");
    }
    return check(user, response);
  }

  private Step cramMd5(String response) {
    int space = response.lastIndexOf(' ');
    if (space < 0) {
      return Step.failed();
    }
    String name = response.substring(0, space);
    String secret = accounts.get(name);
    return secret != null && same(hmac(secret), response.substring(space + 1))
        ? new Step(Optional.empty(), Optional.of(name))
        : Step.failed();
  }

  /**
   * A refused token is reported in JSON by one more challenge; the client sends an empty response.
   */
  private Step bearer(String response, String before, String after) {
    if (refused || !response.startsWith(before)) {
      return Step.failed();
    }
    int end = response.indexOf(after, before.length());
    int token = response.indexOf("\u0001auth=Bearer ");
    int tokenEnd = response.indexOf('\u0001', token + 1);
    if (end < 0 || token < 0 || tokenEnd < 0) {
      return Step.failed();
    }
    Step result =
        check(
            response.substring(before.length(), end),
            response.substring(token + "\u0001auth=Bearer ".length(), tokenEnd));
    refused = result.user().isEmpty();
    return refused ? Step.ask(OAUTH_ERROR) : result;
  }

  private Step check(String name, String secret) {
    String expected = accounts.get(name);
    return expected != null && same(expected, secret)
        ? new Step(Optional.empty(), Optional.of(name))
        : Step.failed();
  }

  private static boolean same(String left, String right) {
    return MessageDigest.isEqual(
        left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private String hmac(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacMD5");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacMD5"));
      return HexFormat.of().formatHex(mac.doFinal(nonce.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HmacMD5.", e);
    }
  }
}
