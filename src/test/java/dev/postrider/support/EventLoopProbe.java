package dev.postrider.support;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Looks at every event loop 500 times a second. A loop computes or listens to its sockets, which
 * the JVM calls runnable; one that waits or sleeps is caught with its stack. Unlike a limit of time
 * this holds however busy the machine is.
 */
public final class EventLoopProbe implements AutoCloseable {

  private static final int INTERVAL_MS = 2;
  private static final int FRAMES = 16;
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final ScheduledExecutorService looker = Executors.newSingleThreadScheduledExecutor();
  private final Set<String> waits = ConcurrentHashMap.newKeySet();
  private final AtomicInteger samples = new AtomicInteger();
  private final long[] loops;

  private EventLoopProbe() {
    loops =
        Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
            .filter(thread -> thread != null && thread.getThreadName().contains("eventloop"))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
  }

  /** Starts to look at the event loops there are. */
  public static EventLoopProbe start() {
    EventLoopProbe probe = new EventLoopProbe();
    probe.looker.scheduleAtFixedRate(probe::look, 0, INTERVAL_MS, TimeUnit.MILLISECONDS);
    return probe;
  }

  /** The distinct stacks in which an event loop waited. */
  public Set<String> waits() {
    return Set.copyOf(waits);
  }

  /** How many event loops were looked at, each time counted. */
  public int samples() {
    return samples.get();
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }

  private void look() {
    for (ThreadInfo loop : threads.getThreadInfo(loops, FRAMES)) {
      if (loop != null) {
        samples.incrementAndGet();
        check(loop);
      }
    }
  }

  private void check(ThreadInfo loop) {
    if (WAITING.contains(loop.getThreadState())) {
      waits.add(
          Arrays.stream(loop.getStackTrace())
              .map(StackTraceElement::toString)
              .collect(Collectors.joining("\n")));
    }
  }
}
