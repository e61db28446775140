package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CRAM-MD5 (RFC 2195): proves the password without sending it. */
final class CramMd5 implements SaslMechanism {

  private static final String ALGORITHM = "HmacMD5";

  @Override
  public Optional<byte[]> first(Credentials who) {
    return Optional.empty();
  }

  @Override
  public byte[] answer(Credentials who, int number, byte[] challenge) {
    String digest = HexFormat.of().formatHex(digest(who.secret(), challenge));
    return (who.user() + " " + digest).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] digest(String secret, byte[] challenge) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(challenge);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("CRAM-MD5 cannot be computed: use PLAIN over TLS", e);
    }
  }
}
