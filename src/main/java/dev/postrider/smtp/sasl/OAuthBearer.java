package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** OAUTHBEARER (RFC 7628). */
final class OAuthBearer implements SaslMechanism {

  private final String host;
  private final int port;

  OAuthBearer(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public Optional<byte[]> first(Credentials who) {
    String message =
        ("n,a=" + name(who.user()) + ",\1host=" + host + "\1port=" + port)
            + ("\1auth=Bearer " + who.secret() + "\1\1");
    return Optional.of(message.getBytes(StandardCharsets.UTF_8));
  }

  /** The only challenge there is tells of an error; a lone 0x01 brings the refusal (§3.2.3). */
  @Override
  public byte[] answer(Credentials who, int number, byte[] challenge) {
    return new byte[] {1};
  }

  /** Comma and equals sign are special in a GS2 header (RFC 5801 §4). */
  private static String name(String user) {
    return user.replace("=", "=3D").replace(",", "=2C");
  }
}
