package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** XOAUTH2 of Google and Microsoft. */
final class XOAuth2 implements SaslMechanism {

  @Override
  public Optional<byte[]> first(Credentials who) {
    String message = "user=" + who.user() + "\1auth=Bearer " + who.secret() + "\1\1";
    return Optional.of(message.getBytes(StandardCharsets.UTF_8));
  }

  /** The only challenge there is tells of an error; an empty answer brings the refusal. */
  @Override
  public byte[] answer(Credentials who, int number, byte[] challenge) {
    return new byte[0];
  }
}
