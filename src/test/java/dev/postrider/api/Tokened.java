package dev.postrider.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Production's rules, with one token for each role. */
public final class Tokened implements QuarkusTestProfile {

  public static final String ADMIN = "admin-token";
  public static final String VIEWER = "viewer-token";
  public static final String PRODUCER = "producer-token";

  /** Mails in a queue above which the HTTP API answers 429. */
  static final int BACKLOG = 1_500;

  /** Bytes of a request's body. */
  static final int BODY_MAX = 1024 * 1024;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "postrider.security.admin-token",
        ADMIN,
        "postrider.security.viewer-token",
        VIEWER,
        "postrider.security.producer-token",
        PRODUCER,
        "postrider.queues",
        "default=3,bulk=1",
        "postrider.limits.mail-size",
        "100K",
        "postrider.limits.backlog",
        Integer.toString(BACKLOG),
        "quarkus.http.limits.max-body-size",
        Integer.toString(BODY_MAX),
        // Vert.x's own limit of 2 s, for a machine that is ten times as slow.
        "quarkus.vertx.max-event-loop-execute-time",
        "20s");
  }
}
