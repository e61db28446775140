package dev.postrider.smtp.sasl;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** PLAIN (RFC 4616). */
final class Plain implements SaslMechanism {

  @Override
  public Optional<byte[]> first(Credentials who) {
    String message = "\0" + who.user() + "\0" + who.secret();
    return Optional.of(message.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] answer(Credentials who, int number, byte[] challenge) {
    return first(who).orElseThrow(); // a server that ignored the initial response asks once more
  }
}
