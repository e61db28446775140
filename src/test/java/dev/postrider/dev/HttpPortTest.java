package dev.postrider.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpPortTest {

  @Test
  void names_the_setting_when_the_port_is_taken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String advice = new HttpPort(taken.getLocalPort()).advice().orElseThrow();
      assertTrue(advice.contains("-Dquarkus.http.port="), advice);
    }
  }

  @Test
  void has_nothing_to_say_about_a_free_port() {
    assertEquals(Optional.empty(), new HttpPort(0).advice());
  }
}
