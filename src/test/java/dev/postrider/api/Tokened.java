package dev.postrider.api;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Production's rules, with one token for each role. */
public final class Tokened implements QuarkusTestProfile {

  static final String ADMIN = "admin-token";
  static final String VIEWER = "viewer-token";
  static final String PRODUCER = "producer-token";

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "postrider.security.admin-token", ADMIN,
        "postrider.security.viewer-token", VIEWER,
        "postrider.security.producer-token", PRODUCER,
        "postrider.queues", "default=3,bulk=1",
        "postrider.limits.mail-size", "100K");
  }
}
