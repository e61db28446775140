package dev.postrider.cli.config;

import dev.postrider.config.Settings;
import dev.postrider.redis.connection.QuarkusRedis;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.DotEnvConfigSourceProvider;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesConfigSourceLoader;
import io.smallrye.config.SmallRyeConfig;
import java.nio.file.Path;
import java.util.Map;

/** Reads the settings from where the worker reads them, without starting anything. */
public final class CliConfiguration {

  private static final String FILE = "application.properties";

  /** Those that Quarkus gives to its sources: the outer ones win. */
  private static final int IN_PACKAGE = 250;

  private static final int BESIDE_PACKAGE = 260;
  private static final int ABOVE_ALL = 1_000;

  private CliConfiguration() {}

  /**
   * @param more settings that win over all others
   */
  public static SmallRyeConfig read(Map<String, String> more) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String beside = Path.of("config", FILE).toUri().toString();
    return ConfigUtils.configBuilder()
        .withSources(PropertiesConfigSourceLoader.inClassPath(FILE, IN_PACKAGE, loader))
        .withSources(PropertiesConfigSourceLoader.inFileSystem(beside, BESIDE_PACKAGE, loader))
        .withSources(new DotEnvConfigSourceProvider())
        .withSources(new PropertiesConfigSource(more, "command", ABOVE_ALL))
        .withMapping(Settings.class)
        .withMapping(QuarkusRedis.settings())
        .withMapping(MailersRuntimeConfig.class)
        .withMapping(TlsConfig.class)
        .build();
  }
}
