package dev.postrider.api.auth;

import dev.postrider.config.Settings;
import dev.postrider.redis.ExpiringFlags;
import dev.postrider.redis.Keys;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/**
 * Stores signed-out sessions in Redis, for all workers, so that a copied cookie becomes useless.
 * Each entry expires together with its session.
 */
@Singleton
final class RevokedSessions {

  private final ExpiringFlags expiringFlags;
  private final String prefix;

  RevokedSessions(Link link, Settings settings) {
    this.expiringFlags = new ExpiringFlags(link);
    this.prefix = settings.keyPrefix();
  }

  /** Fails if Redis does not store it. */
  @CheckReturnValue
  Uni<Void> add(Sessions.Session session, Instant now) {
    return expiringFlags.set(key(session), Duration.between(now, session.end()).plusMillis(1));
  }

  /** Fails if Redis does not answer. */
  @CheckReturnValue
  Uni<Boolean> contains(Sessions.Session session) {
    return expiringFlags.isSet(key(session));
  }

  private String key(Sessions.Session session) {
    return Keys.revokedSession(prefix, session.id());
  }
}
