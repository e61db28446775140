package dev.postrider.api.auth;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * The configured tokens, read once at start. Only their digests are kept; comparison takes constant
 * time.
 */
@Startup
@Singleton
final class Tokens {

  private static final Logger LOG = Logger.getLogger(Tokens.class);
  private static final List<String> ROLES = List.of(Roles.ADMIN, Roles.VIEWER, Roles.PRODUCER);

  private final Map<String, byte[]> digests = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException if a token is empty, given twice or cannot be read; the
   *     message names the key
   */
  Tokens(Config config) {
    for (String role : ROLES) {
      read(config, role).ifPresent(token -> add(role, token));
    }
    if (digests.isEmpty() && LaunchMode.current() == LaunchMode.NORMAL) {
      LOG.infof("The HTTP API is closed, except health. Set %s to open it.", key(Roles.ADMIN));
    }
  }

  /** The role of a token; empty if it is unknown. */
  Optional<String> roleOf(String token) {
    byte[] offered = sha256(token);
    Optional<String> role = Optional.empty();
    // No early exit: the time must not reveal which token is similar.
    for (Map.Entry<String, byte[]> known : digests.entrySet()) {
      if (MessageDigest.isEqual(known.getValue(), offered)) {
        role = Optional.of(known.getKey());
      }
    }
    return role;
  }

  /** The digest of a role's token, to derive keys from; empty if the role has no token. */
  Optional<byte[]> digestOf(String role) {
    return Optional.ofNullable(digests.get(role)).map(byte[]::clone);
  }

  private void add(String role, String token) {
    if (roleOf(token).isPresent()) {
      throw new IllegalArgumentException(
          "The settings %s and %s hold the same token: each role needs its own."
              .formatted(key(roleOf(token).orElseThrow()), key(role)));
    }
    digests.put(role, sha256(token));
  }

  private static Optional<String> read(Config config, String role) {
    Optional<String> token = raw(config, key(role));
    Optional<String> file = raw(config, key(role) + "-file");
    if (token.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException(
          "The settings %s and %s-file are both given: keep one.".formatted(key(role), key(role)));
    }
    return token.isPresent() ? token : file.map(name -> content(role, name));
  }

  /** Reads the raw value, because SmallRye treats an empty value as absent. */
  private static Optional<String> raw(Config config, String key) {
    String value = config.getConfigValue(key).getRawValue();
    if (value == null) {
      return Optional.empty();
    }
    String expanded = config.getConfigValue(key).getValue();
    if (expanded == null || expanded.isBlank()) {
      throw new IllegalArgumentException(
          "The setting %s is empty: give it a value or leave it out.".formatted(key));
    }
    return Optional.of(expanded.strip());
  }

  private static String content(String role, String file) {
    try {
      String token = Files.readString(Path.of(file)).strip();
      if (token.isEmpty()) {
        throw new IllegalArgumentException(
            "The setting %s-file names an empty file: write the token into it."
                .formatted(key(role)));
      }
      return token;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The setting %s-file names a file that cannot be read: %s."
              .formatted(key(role), e.getClass().getSimpleName()),
          e);
    }
  }

  private static String key(String role) {
    return "postrider.security." + role + "-token";
  }

  private static byte[] sha256(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
