package dev.postrider.bench.sender;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The sending process's side: each line of the standard input asks for a round. */
final class Child {

  /** Sends mails; returns when the last one was accepted, throws if one was not. */
  interface Sending {
    void send(int mails) throws Exception;
  }

  /** As a worker is run (see the page on performance). */
  private static final String HEAP = "-Xmx512m";

  private static final String COLLECTOR = "-XX:+UseSerialGC";

  private Child() {}

  /** Serves until the standard input ends. */
  static void serve(Sending sending) throws Exception {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      System.out.println(measured(sending, Integer.parseInt(order)).line());
    }
    System.exit(0);
  }

  private static Round measured(Sending sending, int mails) throws Exception {
    long allocated = allocated();
    long cpu = cpuNanos();
    long start = System.nanoTime();
    sending.send(mails);
    long end = System.nanoTime();
    return new Round(mails, end - start, cpuNanos() - cpu, allocated() - allocated);
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  /** Starts a class of this class path in a JVM of its own, with the options of a worker. */
  static Process start(Class<?> program, String... arguments) throws IOException {
    String java = System.getProperty("java.home") + "/bin/java";
    ProcessBuilder builder =
        new ProcessBuilder(java, HEAP, COLLECTOR, "-cp", System.getProperty("java.class.path"));
    builder.command().add(program.getName());
    builder.command().addAll(Arrays.asList(arguments));
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
