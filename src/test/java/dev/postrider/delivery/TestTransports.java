package dev.postrider.delivery;

import dev.postrider.config.Settings;
import dev.postrider.handler.HandlerErrors;
import io.quarkus.mailer.runtime.MailersRuntimeConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings and transports as in a worker, without its container. */
public final class TestTransports {

  private TestTransports() {}

  /** A configuration of these values and no others. */
  public static SmallRyeConfig config(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(Settings.class)
        .withMapping(MailersRuntimeConfig.class)
        .withValidateUnknown(false)
        .build();
  }

  /** Transports of the configured routes. */
  public static TransportFactory factory(SmallRyeConfig config, Routes routes) {
    Settings settings = config.getConfigMapping(Settings.class);
    return new TransportFactory(
        settings,
        routes,
        new RouteRules(settings),
        new SmtpServerFactory(settings, null),
        new HandlerErrors());
  }
}
