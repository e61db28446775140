package dev.postrider.smtp.sasl;

import java.util.List;
import java.util.Optional;

/** A SASL mechanism: what to say first and how to answer a challenge, all before base64. */
public interface SaslMechanism {

  /** The initial response, sent along with AUTH; empty if the server has to speak first. */
  Optional<byte[]> first(Credentials who);

  /** The answer to the challenge with this number, counted from 0. */
  byte[] answer(Credentials who, int number, byte[] challenge);

  /** A mechanism by its name in EHLO. */
  record Named(String name, Credentials.Kind kind, SaslMechanism saslMechanism) {}

  /**
   * All that we know, best first: over TLS the simple ones are the ones least often broken.
   * CRAM-MD5 is for old relays without TLS.
   */
  static List<Named> all(String host, int port) {
    return List.of(
        new Named("OAUTHBEARER", Credentials.Kind.TOKEN, new OAuthBearer(host, port)),
        new Named("XOAUTH2", Credentials.Kind.TOKEN, new XOAuth2()),
        new Named("PLAIN", Credentials.Kind.PASSWORD, new Plain()),
        new Named("LOGIN", Credentials.Kind.PASSWORD, new Login()),
        new Named("CRAM-MD5", Credentials.Kind.PASSWORD, new CramMd5()));
  }
}
