package dev.postrider.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Roles of tokens, and token settings that stop the start. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TokensTest {

  private static final String ADMIN = "postrider.security.admin-token";
  private static final String VIEWER = "postrider.security.viewer-token";

  private static final String SECRET = "s3cr3t";

  @TempDir Path directory;

  @Test
  void knows_each_role_by_its_token() {
    Tokens tokens =
        tokens(Map.of(ADMIN, "a", VIEWER, "v", "postrider.security.producer-token", "p"));
    assertEquals(Optional.of("admin"), tokens.roleOf("a"));
    assertEquals(Optional.of("viewer"), tokens.roleOf("v"));
    assertEquals(Optional.of("producer"), tokens.roleOf("p"));
    assertEquals(Optional.empty(), tokens.roleOf("A"));
    assertEquals(Optional.empty(), tokens.roleOf(""));
  }

  @Test
  void refuses_all_requests_if_no_token_is_set() {
    assertFalse(tokens(Map.of()).roleOf("").isPresent());
    assertFalse(tokens(Map.of()).roleOf("null").isPresent());
  }

  @Test
  void reads_a_token_from_a_file_without_its_line_break() throws IOException {
    Path file = Files.writeString(directory.resolve("token"), "secret\n");
    Tokens tokens = tokens(Map.of(ADMIN + "-file", file.toString()));
    assertEquals(Optional.of("admin"), tokens.roleOf("secret"));
  }

  @Test
  void stops_the_start_naming_the_key() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), " \n");
    assertNames(ADMIN, Map.of(ADMIN, ""));
    assertNames(VIEWER, Map.of(VIEWER, "  "));
    assertNames(ADMIN + "-file", Map.of(ADMIN, "a", ADMIN + "-file", empty.toString()));
    assertNames(ADMIN + "-file", Map.of(ADMIN + "-file", empty.toString()));
    assertNames(ADMIN + "-file", Map.of(ADMIN + "-file", directory.resolve("no").toString()));
    assertNames(VIEWER, Map.of(ADMIN, SECRET, VIEWER, SECRET));
  }

  private static void assertNames(String key, Map<String, String> settings) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> tokens(settings)).getMessage();
    assertTrue(message.contains(key), message);
    assertFalse(message.contains(SECRET), message);
  }

  private static Tokens tokens(Map<String, String> settings) {
    return new Tokens(
        new SmallRyeConfigBuilder()
            .withSources(new PropertiesConfigSource(settings, "test", 100))
            .build());
  }
}
