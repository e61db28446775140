package dev.postrider.worker;

import dev.postrider.config.Settings;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import dev.postrider.worker.monitor.RedisStartupCheck;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Makes what has no framework of its own from the settings. */
final class WorkerBeans {

  private static final Duration THROTTLED_FIRST = Duration.ofMinutes(1);
  private static final Duration THROTTLED_LONGEST = Duration.ofMinutes(10);

  @Produces
  @Singleton
  MailCodec codec(Settings settings) {
    long mailSize = settings.limits().mailSize().asLongValue();
    return new MailCodec(MailLimits.STANDARD.withMailSize(mailSize));
  }

  @Produces
  @Singleton
  RetryPolicy retryPolicy(Settings settings) {
    Settings.Retry retry = settings.retry();
    return new RetryPolicy(
        new RetrySettings(
            retry.attempts(),
            new Backoff(retry.firstDelay(), retry.maxDelay()),
            new Backoff(retry.connectionFirstDelay(), retry.connectionMaxDelay()),
            new Backoff(THROTTLED_FIRST, THROTTLED_LONGEST)));
  }

  @Produces
  @Singleton
  RedisStartupCheck firstContact(RedisServers redis) {
    return new RedisStartupCheck(redis.address(), Quarkus::asyncExit);
  }
}
