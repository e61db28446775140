package dev.postrider.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Checks whether the HTTP port is in use. */
@IfBuildProfile("dev")
@Singleton
final class HttpPort {

  private final int port;

  HttpPort(@ConfigProperty(name = "quarkus.http.port") int port) {
    this.port = port;
  }

  /** What to do if the port is in use; empty if it is free. Called before it is opened. */
  Optional<String> advice() {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      return Optional.empty();
    } catch (IOException inUse) {
      return Optional.of(
          "Port %d is in use. Take another one: ./mvnw quarkus:dev -Dquarkus.http.port=%d"
              .formatted(port, port + 1));
    }
  }
}
