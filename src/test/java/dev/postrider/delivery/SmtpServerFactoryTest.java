package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.config.Settings;
import dev.postrider.smtp.SmtpServer;
import dev.postrider.smtp.Timeouts;
import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.CredentialsSource;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmtpServerFactoryTest {

  @Test
  void without_settings_of_its_own_a_route_waits_as_long_as_the_rfc_says() {
    assertEquals(Timeouts.rfc5321(), server(Map.of()).timeouts());
  }

  @Test
  void one_setting_of_a_route_leaves_its_timers_as_the_rfc_says() {
    SmtpServer server = server(Map.of("postrider.routes.default.chunking", "false"));
    assertEquals(Timeouts.rfc5321(), server.timeouts());
  }

  @Test
  void every_step_has_a_timeout_of_its_own() {
    Map<String, String> settings = new HashMap<>();
    String[] steps = "connect greeting hello auth envelope data block dot quit".split(" ");
    for (int i = 0; i < steps.length; i++) {
      settings.put("postrider.routes.default.timeouts." + steps[i], (i + 1) + "s");
    }
    Timeouts expected =
        new Timeouts(
            seconds(1),
            seconds(2),
            seconds(3),
            seconds(4),
            seconds(5),
            seconds(6),
            seconds(7),
            seconds(8),
            seconds(9));
    assertEquals(expected, server(settings).timeouts());
  }

  @Test
  void a_connection_lives_as_long_as_its_route_says() {
    SmtpServer server = server(Map.of("postrider.routes.default.connection-age", "90s"));
    assertEquals(seconds(90), server.limits().age());
    assertEquals(Duration.ofMinutes(10), server(Map.of()).limits().age());
  }

  @Test
  void a_timeout_of_nothing_names_the_route() {
    Map<String, String> none = Map.of("postrider.routes.default.timeouts.dot", "0s");
    ConfigurationException fault = assertThrows(ConfigurationException.class, () -> server(none));
    assertTrue(fault.getMessage().contains("Route default"), fault.getMessage());
    assertTrue(fault.getMessage().contains("every timeout must be above zero"));
  }

  @Test
  void a_password_file_is_read_again_for_each_connection(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "first\n");
    CredentialsSource source = login(file).login().orElseThrow();
    Vertx vertx = Vertx.vertx();
    try {
      assertEquals(Credentials.password("ana", "first"), ask(vertx, source));
      Files.writeString(file, "second\n");
      assertEquals(Credentials.password("ana", "second"), ask(vertx, source));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_password_file_that_is_missing_names_the_route(@TempDir Path folder) {
    ConfigurationException fault =
        assertThrows(ConfigurationException.class, () -> login(folder.resolve("absent")));
    assertTrue(fault.getMessage().contains("cannot be read"), fault.getMessage());
  }

  private static SmtpServer login(Path file) {
    return server(
        Map.of(
            "quarkus.mailer.username", "ana",
            "quarkus.mailer.start-tls", "REQUIRED",
            "postrider.routes.default.password-file", file.toString()));
  }

  private static Credentials ask(Vertx vertx, CredentialsSource source) throws Exception {
    CompletableFuture<Credentials> answer = new CompletableFuture<>();
    vertx.runOnContext(turn -> ask(source, answer));
    return answer.get(20, TimeUnit.SECONDS);
  }

  private static void ask(CredentialsSource source, CompletableFuture<Credentials> answer) {
    source.credentials().onSuccess(answer::complete).onFailure(answer::completeExceptionally);
  }

  private static Duration seconds(int seconds) {
    return Duration.ofSeconds(seconds);
  }

  private static SmtpServer server(Map<String, String> settings) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .addDiscoveredConverters()
            .withDefaultValues(settings)
            .withMapping(Settings.class)
            .withMapping(MailersRuntimeConfig.class)
            .withValidateUnknown(false)
            .build();
    Route route =
        new Route(
            Route.DEFAULT,
            "mail.test",
            25,
            config.getConfigMapping(MailersRuntimeConfig.class).mailers().get("<default>"));
    return new SmtpServerFactory(config.getConfigMapping(Settings.class), null).of(route, 1);
  }
}
