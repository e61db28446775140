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

/** Reads the settings from the same sources as the worker, without the container. */
public final class CliConfiguration {

  private static final String FILE = "application.properties";

  /** The ordinals of Quarkus: a higher one takes precedence. */
  private static final int IN_PACKAGE = 250;

  private static final int BESIDE_PACKAGE = 260;
  private static final int OVERRIDE = 1_000;

  private CliConfiguration() {}

  /**
   * @param overrides settings that take precedence over all others
   */
  public static SmallRyeConfig read(Map<String, String> overrides) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    String file = Path.of("config", FILE).toUri().toString();
    return ConfigUtils.configBuilder()
        .withSources(PropertiesConfigSourceLoader.inClassPath(FILE, IN_PACKAGE, loader))
        .withSources(PropertiesConfigSourceLoader.inFileSystem(file, BESIDE_PACKAGE, loader))
        .withSources(new DotEnvConfigSourceProvider())
        .withSources(new PropertiesConfigSource(overrides, "command", OVERRIDE))
        .withMapping(Settings.class)
        .withMapping(QuarkusRedis.settings())
        .withMapping(MailersRuntimeConfig.class)
        .withMapping(TlsConfig.class)
        .build();
  }
}
