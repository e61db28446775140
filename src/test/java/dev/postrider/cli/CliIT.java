package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as they come in the package, each a process of its own. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CliIT {

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final Duration BOUND = Duration.ofMinutes(4);

  private static RedisProcess server;

  @TempDir private Path directory;

  @BeforeAll
  static void startServer() {
    server = RedisProcess.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void tells_its_version() {
    String said = program().run(BOUND, "-jar", JAR.toString(), "--version");
    assertTrue(said.matches("postrider \\d+\\.\\d+\\.\\d+\\S*\\R"), said);
  }

  @Test
  void enqueues_and_says_nothing_else() {
    String said =
        program()
            .run(
                BOUND,
                "-jar",
                JAR.toString(),
                "enqueue",
                "--from",
                "hi@acme.test",
                "--to",
                "ana@example.test",
                "--text",
                "Hello",
                "--id",
                "one");
    assertEquals("one was added to default\n", said);
  }

  @Test
  void ends_with_2_when_used_wrongly() throws Exception {
    assertEquals(Exit.WRONG_USAGE, status(program(), "enqueue", "--nonsense"));
  }

  @Test
  void is_unhealthy_where_no_worker_answers_and_healthy_where_one_does() throws Exception {
    Program noWorker = program().with("QUARKUS_HTTP_PORT", "1");
    assertEquals(Exit.FAILED, status(noWorker, "healthcheck"));
    assertEquals(1, noWorker.printed().lines().count(), noWorker.printed());
    HttpServer ready = answering(200);
    HttpServer draining = answering(503);
    try {
      assertEquals(
          Exit.DONE, status(program().with("QUARKUS_HTTP_PORT", port(ready)), "healthcheck"));
      assertEquals(
          Exit.FAILED, status(program().with("QUARKUS_HTTP_PORT", port(draining)), "healthcheck"));
    } finally {
      ready.stop(0);
      draining.stop(0);
    }
  }

  @Test
  void shows_that_each_mail_of_a_demo_arrives_once_and_leaves_nothing_behind() {
    String said =
        program().run(BOUND, "-jar", JAR.toString(), "demo", "--mails", "500", "--size", "200");
    assertTrue(said.contains("Each of 500 mails arrived exactly once."), said);
    assertFalse(said.contains("\u001b"), said);
    try (RedisClient redis = server.client()) {
      assertEquals(List.of(), redis.command("KEYS", "mail:{demo-*}:[!w]*"));
    }
  }

  private Program program() {
    return Program.at(JAVA, directory).with("QUARKUS_REDIS_HOSTS", server.url());
  }

  private static int status(Program program, String... arguments) throws InterruptedException {
    Process process =
        program.start(
            Stream.concat(Stream.of("-jar", JAR.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    assertTrue(process.waitFor(BOUND.toSeconds(), TimeUnit.SECONDS));
    return process.exitValue();
  }

  private static HttpServer answering(int status) throws IOException {
    HttpServer http = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    http.createContext(
        "/q/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    http.start();
    return http;
  }

  private static String port(HttpServer http) {
    return Integer.toString(http.getAddress().getPort());
  }
}
