package dev.postrider;

import dev.postrider.cli.Cli;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import sun.misc.Signal;

/** The program. Without arguments it is the worker, until it is asked to stop; else a command. */
@QuarkusMain
public final class Postrider implements QuarkusApplication {

  /** A command ends here: the worker, its servers and its container are never started for it. */
  public static void main(String... args) {
    if (args.length > 0) {
      System.exit(Cli.run(args));
    }
    Quarkus.run(Postrider.class, args);
  }

  /** Only here is it known how the program was launched: in dev mode signals belong to Quarkus. */
  @Override
  public int run(String... args) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      stopInOrderOn("TERM");
      stopInOrderOn("INT");
    }
    Quarkus.waitForExit();
    return 0;
  }

  /**
   * Being asked to stop and stopping in order is success. Left to itself the JVM would report 128 +
   * 15, which supervisors take for a crash.
   */
  private static void stopInOrderOn(String signal) {
    Signal.handle(new Signal(signal), received -> Quarkus.asyncExit(0));
  }
}
