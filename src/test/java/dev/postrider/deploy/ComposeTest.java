package dev.postrider.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The compose file fits together, and gives a worker no more than it needs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComposeTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final int DRAIN_SECONDS = 25;

  private final Yaml compose;
  private final Yaml services;

  ComposeTest() throws IOException {
    compose = Yaml.read(DEPLOY.resolve("compose.yaml"));
    services = compose.at("services");
  }

  @Test
  void every_yaml_file_can_be_read() throws IOException {
    List<Path> files = Yaml.files("deploy");
    assertTrue(files.size() >= 8, files.toString());
    for (Path file : files) {
      assertFalse(Yaml.read(file).names().isEmpty(), file.toString());
    }
  }

  @Test
  void everything_a_service_refers_to_is_there() {
    for (String name : services.names()) {
      Yaml service = services.at(name);
      service
          .at("depends_on")
          .names()
          .forEach(other -> assertTrue(services.names().contains(other)));
      for (Yaml secret : service.at("secrets").items()) {
        assertTrue(compose.at("secrets").names().contains(secret.text()), secret.text());
      }
      service.at("volumes").items().forEach(volume -> assertMounted(volume.text()));
    }
  }

  private void assertMounted(String volume) {
    String source = volume.substring(0, volume.indexOf(':'));
    assertTrue(
        source.startsWith("./")
            ? Files.exists(DEPLOY.resolve(source))
            : compose.at("volumes").names().contains(source),
        source);
  }

  @Test
  void no_port_is_open_to_other_machines() {
    for (String name : services.names()) {
      for (Yaml port : services.at(name, "ports").items()) {
        assertTrue(port.text().startsWith("127.0.0.1:"), name + " " + port.text());
      }
    }
  }

  @Test
  void every_image_has_a_version() {
    for (String name : services.names()) {
      String image = services.at(name, "image").text();
      assertTrue(image.matches(".+:[^:]+") && !image.endsWith(":latest"), image);
    }
  }

  @Test
  void the_worker_may_do_nothing_but_send_mail() {
    Yaml worker = services.at("worker");
    assertEquals("true", worker.at("read_only").text());
    assertEquals("[ALL]", worker.at("cap_drop").text());
    assertEquals("[no-new-privileges:true]", worker.at("security_opt").text());
    String grace = worker.at("stop_grace_period").text();
    assertTrue(Integer.parseInt(grace.replace("s", "")) > DRAIN_SECONDS, grace);
    assertTrue(Files.exists(DEPLOY.resolve("..").resolve(worker.at("build", "dockerfile").text())));
  }
}
