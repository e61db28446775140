package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** LOGIN, never standardised: user name, then password, whatever the prompts say. */
final class Login implements SaslMechanism {

  @Override
  public Optional<byte[]> first(Credentials who) {
    return Optional.empty();
  }

  @Override
  public byte[] answer(Credentials who, int number, byte[] challenge) {
    return (number == 0 ? who.user() : who.secret()).getBytes(StandardCharsets.UTF_8);
  }
}
