package dev.postrider.delivery;

import io.quarkus.arc.DefaultBean;
import jakarta.inject.Singleton;

/** The mail server of the machine itself: RFC 5321 §4.5.4.2, port 25. */
@DefaultBean
@Singleton
final class LocalServer implements FallbackServer {

  @Override
  public String host() {
    return "localhost";
  }

  @Override
  public int port() {
    return 25;
  }
}
