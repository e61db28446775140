package dev.postrider.bench.sender;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Postfix's {@code smtp-source}, a new process each round; GNU time tells its CPU time. */
final class PostfixSource implements Contender {

  static final String TIME = "/usr/bin/time";

  private final List<String> command;
  private final String server;

  /**
   * @param connections that stay open ({@code -d})
   * @param size bytes of a message
   */
  PostfixSource(String program, String server, int connections, int size) {
    this.server = server;
    this.command =
        List.of(TIME, "-f", "%U %S", program, "-d", "-s", "" + connections, "-l", "" + size);
  }

  @Override
  public Round round(int mails) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
    builder.command().addAll(List.of("-m", "" + mails, server));
    long start = System.nanoTime();
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("smtp-source failed: " + said);
    }
    return new Round(mails, System.nanoTime() - start, cpuNanos(said.trim()), 0);
  }

  private static long cpuNanos(String times) {
    String[] seconds = times.split(" ");
    return Math.round((Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1])) * 1e9);
  }

  @Override
  public void close() {}
}
