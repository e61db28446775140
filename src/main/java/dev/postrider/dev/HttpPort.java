package dev.postrider.dev;

import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Knows what to do when somebody else has the port already. */
@IfBuildProfile("dev")
@Singleton
final class HttpPort {

  private final int port;

  HttpPort(@ConfigProperty(name = "quarkus.http.port") int port) {
    this.port = port;
  }

  /** What to do about it; empty if the port is free. To be asked before it is opened. */
  Optional<String> advice() {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return Optional.empty();
    } catch (IOException taken) {
      return Optional.of(
          "Port %d is taken. Another one: ./mvnw quarkus:dev -Dquarkus.http.port=%d"
              .formatted(port, port + 1));
    }
  }
}
