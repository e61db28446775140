package dev.postrider.bench.micro;

import dev.postrider.retry.RetryPolicy;
import dev.postrider.retry.RetrySettings;
import dev.postrider.timing.Backoff;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** When a refused mail is tried again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RetryMicro {

  private static final int ATTEMPTS = 12;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(30), Duration.ofHours(4));
  private final RetryPolicy policy =
      new RetryPolicy(new RetrySettings(ATTEMPTS, backoff, backoff, backoff));
  private int attempt;

  @Benchmark
  public Optional<Duration> afterAttempt() {
    attempt = attempt % ATTEMPTS + 1;
    return policy.afterAttempt(attempt, 0.3);
  }
}
