package dev.postrider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program does not start with a Redis that would lose mail: one line, status 1. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusedStartIT {

  private static final Path PROGRAM = Path.of("target", "quarkus-app", "quarkus-run.jar");
  private static final int END_SECONDS_MAX = 120;

  @TempDir Path directory;

  @Test
  void with_a_redis_that_throws_away_what_is_old() throws Exception {
    try (RedisProcess redis = RedisProcess.start("--maxmemory-policy", "allkeys-lru")) {
      refuses(redis.port(), "maxmemory-policy is allkeys-lru");
    }
  }

  @Test
  void with_a_redis_that_is_too_old() throws Exception {
    try (RedisProcess redis = RedisProcess.start();
        Ageing old = new Ageing(redis.port())) {
      refuses(old.port(), "6.0.15");
    }
  }

  private void refuses(int port, String why) throws Exception {
    Path log = directory.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                PROGRAM.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:" + port,
                "QUARKUS_MAILER_HOST", "127.0.0.1",
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", "0"));
    Process worker = builder.start();
    try {
      assertTrue(worker.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS), () -> read(log));
      assertEquals(1, worker.exitValue(), () -> read(log));
      List<String> told = read(log).lines().filter(line -> line.contains(why)).toList();
      assertEquals(1, told.size(), () -> read(log));
    } finally {
      worker.destroyForcibly();
    }
  }

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A real Redis that says it is of an older version. */
  private static final class Ageing implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int redis;

    Ageing(int redis) throws IOException {
      this.redis = redis;
      daemon(this::admit);
    }

    int port() {
      return listener.getLocalPort();
    }

    private void admit() throws IOException {
      while (true) {
        Socket caller = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), redis);
        daemon(() -> caller.getInputStream().transferTo(server.getOutputStream()));
        daemon(() -> reply(server.getInputStream(), caller.getOutputStream()));
      }
    }

    /** Its version stands near the beginning of a reply, in one piece, and stays as long. */
    private static void reply(InputStream from, OutputStream to) throws IOException {
      byte[] piece = new byte[64 * 1024];
      for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
        String text = new String(piece, 0, read, StandardCharsets.ISO_8859_1);
        String older = text.replaceAll("redis_version:7\\.\\d\\.\\d\\d", "redis_version:6.0.15");
        to.write(older.getBytes(StandardCharsets.ISO_8859_1));
        to.flush();
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }

    private static void daemon(Work work) {
      Thread thread = new Thread(() -> untilClosed(work), "ageing");
      thread.setDaemon(true);
      thread.start();
    }

    private static void untilClosed(Work work) {
      try {
        work.run();
      } catch (IOException closed) {
        Thread.currentThread().interrupt();
      }
    }

    @FunctionalInterface
    private interface Work {
      void run() throws IOException;
    }
  }
}
