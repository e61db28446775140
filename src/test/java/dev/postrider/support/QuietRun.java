package dev.postrider.support;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Keeps a run of the build short on the console: logs go to files and are shown for a test that
 * failed, one line from time to time tells how far the run is, and a table at the end tells what
 * was skipped. It is active where {@code tests.run} names the run, as the build does.
 */
public final class QuietRun implements LauncherSessionListener, TestExecutionListener {

  private static final Duration BETWEEN_LINES = Duration.ofSeconds(20);

  /** The run whose end is the end of the build's tests. */
  private static final String LAST_RUN = "failsafe";

  private final String run = System.getProperty("tests.run");
  private final Map<String, Long> starts = new HashMap<>();
  private TestLogs logs;
  private SkippedTests skipped;
  private TestPlan plan;
  private String current = "";
  private long lastLine = System.nanoTime();
  private long begin = lastLine;
  private long ended;
  private long failed;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(this);
    if (run != null) {
      logs = new TestLogs(Path.of("target", "test-logs"), run);
      skipped = new SkippedTests(Path.of("target", "skipped-tests"), run);
      logs.install();
    }
  }

  @Override
  public void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
    begin = System.nanoTime();
    if (run != null) {
      logs.install();
    }
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    markTag(test);
    if (run == null) {
      return;
    }
    String testClass = testClass(test);
    if (!testClass.isEmpty() && !testClass.equals(current)) {
      current = testClass;
      logs.switchTo(testClass);
    }
    starts.put(test.getUniqueId(), logs.position());
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    if (run != null) {
      note(test, reason);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    System.clearProperty(ForeignPrograms.UNTAGGED);
    if (run == null) {
      return;
    }
    ended += test.isTest() ? 1 : 0;
    long start = starts.remove(test.getUniqueId());
    switch (result.getStatus()) {
      case ABORTED -> note(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
      case FAILED -> {
        failed++;
        logs.show(current + ": " + test.getDisplayName(), start, result.getThrowable());
      }
      default -> {}
    }
    tellProgress();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan testPlan) {
    if (run == null) {
      return;
    }
    tell("the end of " + run);
    if (run.equals(LAST_RUN) || failed > 0) {
      skipped.table().ifPresent(logs::print);
    }
  }

  /** Says which test may not ask for programs; a container that is no class says nothing. */
  private static void markTag(TestIdentifier test) {
    String testClass = testClass(test);
    if (testClass.isEmpty() || test.getTags().contains(TestTag.create(ForeignPrograms.TAG))) {
      System.clearProperty(ForeignPrograms.UNTAGGED);
    } else {
      System.setProperty(ForeignPrograms.UNTAGGED, testClass);
    }
  }

  private void note(TestIdentifier test, String reason) {
    long tests =
        test.isTest()
            ? 1
            : plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
    String testClass = testClass(test);
    skipped.add(
        testClass.substring(testClass.lastIndexOf('.') + 1), (int) Math.max(1, tests), reason);
  }

  private void tellProgress() {
    if (System.nanoTime() - lastLine > BETWEEN_LINES.toNanos()) {
      tell("at " + current);
    }
  }

  private void tell(String where) {
    lastLine = System.nanoTime();
    long seconds = Duration.ofNanos(lastLine - begin).toSeconds();
    logs.print(
        "%6d tests ended after %d:%02d, %d failed; %s"
            .formatted(ended, seconds / 60, seconds % 60, failed, where));
  }

  private static String testClass(TestIdentifier test) {
    return test.getSource()
        .map(
            source ->
                source instanceof ClassSource of
                    ? of.getClassName()
                    : source instanceof MethodSource method ? method.getClassName() : "")
        .orElse("");
  }
}
