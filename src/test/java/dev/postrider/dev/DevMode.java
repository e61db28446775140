package dev.postrider.dev;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.postrider.dev.inbox.Inbox;
import dev.postrider.dev.redis.RedisLockFile;
import dev.postrider.support.redis.RedisClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Dev mode as a process of its own, in a checkout of its own. */
final class DevMode implements AutoCloseable {

  private static final List<String> SOURCES =
      List.of("pom.xml", "mvnw", "mvnw.cmd", ".mvn", "src/main");
  private static final String LAST_LINE = "/api/v1/guards/offer:123";
  private static final Pattern TO_TRY =
      Pattern.compile("(?m)^ {2}(?:now|by Redis|in 10 s|bump a guard) +(.*)$");
  private static final Pattern SUBJECT = Pattern.compile("\"subject\":\"([^\"]*)\"");
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path checkout;
  private final Path log;
  private final int port;
  private final Process process;

  private DevMode(Path checkout, int port, Process process) {
    this.checkout = checkout;
    this.log = log(checkout);
    this.port = port;
    this.process = process;
  }

  /** Copies the sources, starts the wrapper and waits for the lines to try. */
  static DevMode start(Path checkout, Duration limit) throws IOException {
    for (String source : SOURCES) {
      copy(Path.of(source), checkout.resolve(source));
    }
    int port = freePort();
    DevMode mode = new DevMode(checkout, port, launch(checkout, port));
    await()
        .atMost(limit)
        .until(() -> !mode.process.isAlive() || mode.printed().contains(LAST_LINE));
    if (!mode.process.isAlive() && mode.printed().contains("in offline mode")) {
      abort("This build is offline and what dev mode needs was never fetched.");
    }
    assertTrue(mode.process.isAlive(), mode.printed());
    return mode;
  }

  private static Process launch(Path checkout, int port) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                checkout.resolve("mvnw").toString(),
                "--batch-mode",
                "quarkus:dev",
                "-Dquarkus.http.port=" + port,
                "-Ddebug=false",
                "-Dquarkus.console.enabled=false"));
    line.addAll(likeThisBuild());
    return new ProcessBuilder(line)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(log(checkout).toFile())
        .start();
  }

  /** The same repository, and no network if this build has none. */
  private static List<String> likeThisBuild() {
    List<String> line = new ArrayList<>();
    Optional.ofNullable(System.getProperty("localRepository"))
        .ifPresent(repository -> line.add("-Dmaven.repo.local=" + repository));
    String outer = Optional.ofNullable(System.getenv("MAVEN_CMD_LINE_ARGS")).orElse("");
    if (Pattern.compile("(^|\\s)(-o|--offline)(\\s|$)").matcher(outer).find()) {
      line.add("--offline");
    }
    return line;
  }

  String printed() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines that a person would paste. */
  List<String> linesToTry() {
    return TO_TRY.matcher(printed()).results().map(match -> match.group(1)).toList();
  }

  /** The program that a line calls. */
  static String program(String line) {
    return line.split(" ")[0];
  }

  /** Does what a person does. */
  void paste(String line) {
    try {
      Path output = checkout.resolve("pasted.log");
      Process shell =
          new ProcessBuilder("sh", "-c", line)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertTrue(shell.waitFor(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS), line);
      assertEquals(0, shell.exitValue(), line + ": " + Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a line was tried.", e);
    }
  }

  /** What a path answers, which may first be a live reload. */
  String get(String path) {
    URI address = URI.create("http://localhost:" + port + path);
    try {
      return http.send(
              HttpRequest.newBuilder(address).timeout(ANSWER_MAX).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + path + " was read.", e);
    }
  }

  /** The subjects of all mails in the inbox, newest first. */
  List<String> subjects() {
    return SUBJECT
        .matcher(get("/dev/inbox?limit=" + Inbox.MAILS_MAX))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  Stream<String> slowSubjects() {
    return subjects().stream().filter(subject -> subject.startsWith("slow "));
  }

  RedisClient redis() {
    return RedisClient.connect(
        RedisLockFile.in(checkout.resolve("target/dev/redis")).orElseThrow().port());
  }

  /** Whether a change is active; Quarkus checks for changes at each request. */
  boolean reloaded() {
    get("/");
    return printed().contains("Postrider was reloaded");
  }

  /** Changes a source file in a way that compiles to other bytes. */
  void edit(String file) {
    try {
      Path source = checkout.resolve(file);
      String text = Files.readString(source);
      Files.writeString(source, "\n" + text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to stop, as a terminal or a supervisor does, and waits. */
  void stop(Duration limit) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(limit.toSeconds(), TimeUnit.SECONDS), "it stops");
    assertTrue(printed().contains("postrider stopped in"), printed());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static Path log(Path checkout) {
    return checkout.resolve("dev-mode.log");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy =
            file.equals(source) ? target : target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
