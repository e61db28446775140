package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The SASL mechanisms (RFC 4422) that we can use, best first: what to send before base64. Over TLS
 * the simple ones fail least often; CRAM-MD5 is for old relays without TLS.
 */
public enum SaslMechanism {
  /** RFC 7628. */
  OAUTHBEARER(Credentials.Kind.TOKEN),
  /** Of Google and Microsoft. */
  XOAUTH2(Credentials.Kind.TOKEN),
  /** RFC 4616. */
  PLAIN(Credentials.Kind.PASSWORD),
  /** Never standardised: user name, then password, the text of the prompts is ignored. */
  LOGIN(Credentials.Kind.PASSWORD),
  /** RFC 2195: proves the password without sending it. */
  CRAM_MD5(Credentials.Kind.PASSWORD);

  private static final String HMAC = "HmacMD5";

  private final Credentials.Kind kind;

  SaslMechanism(Credentials.Kind kind) {
    this.kind = kind;
  }

  /** The secret that it can carry. */
  public Credentials.Kind kind() {
    return kind;
  }

  /** Its name in EHLO and AUTH. */
  public String keyword() {
    return name().replace('_', '-');
  }

  /** What is sent along with AUTH; empty if the server has to send a challenge first. */
  public Optional<byte[]> initialResponse(Credentials credentials, String host, int port) {
    return switch (this) {
      case OAUTHBEARER -> Optional.of(oauthBearer(credentials, host, port));
      case XOAUTH2 ->
          Optional.of(
              utf8(
                  "user=" + credentials.user() + "\1auth=Bearer " + credentials.secret() + "\1\1"));
      case PLAIN -> Optional.of(plain(credentials));
      case LOGIN, CRAM_MD5 -> Optional.empty();
    };
  }

  /**
   * The response to a challenge that comes after the initial response, if there is one. The only
   * challenge of the OAuth mechanisms then reports an error; the response to it brings the refusal
   * (RFC 7628 §3.2.3). PLAIN gets one from a server that ignored the initial response. The prompts
   * of LOGIN are not read: servers write them as they like, some not in base64.
   *
   * @param number of the challenge, from 0
   * @param challenge in base64
   * @throws IllegalArgumentException if CRAM-MD5 gets a challenge that is no base64
   */
  public byte[] response(Credentials credentials, int number, byte[] challenge) {
    return switch (this) {
      case OAUTHBEARER -> new byte[] {1};
      case XOAUTH2 -> new byte[0];
      case PLAIN -> plain(credentials);
      case LOGIN -> utf8(number == 0 ? credentials.user() : credentials.secret());
      case CRAM_MD5 ->
          utf8(
              credentials.user()
                  + " "
                  + HexFormat.of()
                      .formatHex(
                          hmac(credentials.secret(), Base64.getDecoder().decode(challenge))));
    };
  }

  /** Comma and equals sign are special in a GS2 header (RFC 5801 §4). */
  private static byte[] oauthBearer(Credentials credentials, String host, int port) {
    String user = credentials.user().replace("=", "=3D").replace(",", "=2C");
    return utf8(
        ("n,a=" + user + ",\1host=" + host + "\1port=" + port)
            + ("\1auth=Bearer " + credentials.secret() + "\1\1"));
  }

  private static byte[] plain(Credentials credentials) {
    return utf8("\0" + credentials.user() + "\0" + credentials.secret());
  }

  private static byte[] hmac(String secret, byte[] challenge) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(utf8(secret), HMAC));
      return mac.doFinal(challenge);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("CRAM-MD5 cannot be computed: use PLAIN over TLS", e);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
