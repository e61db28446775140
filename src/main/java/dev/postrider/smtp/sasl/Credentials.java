package dev.postrider.smtp.sasl;

/**
 * The user name and the secret for one server.
 *
 * @param kind whether the secret is a password or an OAuth 2.0 access token
 * @param user authentication identity, UTF-8
 * @param secret never printed
 */
public record Credentials(Kind kind, String user, String secret) {

  /** What the secret is; decides which mechanisms can carry it. */
  public enum Kind {
    /** For PLAIN, LOGIN and CRAM-MD5. */
    PASSWORD,
    /** For OAUTHBEARER (RFC 7628) and XOAUTH2. */
    TOKEN
  }

  /** Refuses NUL: PLAIN (RFC 4616) uses it as a separator, the OAuth mechanisms forbid it. */
  public Credentials {
    if (user.indexOf('\0') >= 0 || secret.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("Credentials must not hold NUL characters");
    }
  }

  /** A user with a password. */
  public static Credentials password(String user, String password) {
    return new Credentials(Kind.PASSWORD, user, password);
  }

  /** A user with an access token. */
  public static Credentials token(String user, String token) {
    return new Credentials(Kind.TOKEN, user, token);
  }

  @Override
  public String toString() {
    return "Credentials[" + kind + " of " + user + "]";
  }
}
