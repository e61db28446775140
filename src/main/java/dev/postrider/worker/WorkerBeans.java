package dev.postrider.worker;

import dev.postrider.config.Settings;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.redis.connection.RedisServers;
import dev.postrider.retry.RetryPolicy;
import dev.postrider.worker.monitor.RedisStartupCheck;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes what has no framework of its own from the settings. */
final class WorkerBeans {

  @Produces
  @Singleton
  MailCodec codec(Settings settings) {
    long mailSize = settings.limits().mailSize().asLongValue();
    return new MailCodec(MailLimits.STANDARD.withMailSize(mailSize));
  }

  @Produces
  @Singleton
  RetryPolicy retryPolicy(WorkerSettings settings) {
    return settings.retryPolicy();
  }

  @Produces
  @Singleton
  RedisStartupCheck firstContact(RedisServers redis) {
    return new RedisStartupCheck(redis.address(), Quarkus::asyncExit);
  }
}
