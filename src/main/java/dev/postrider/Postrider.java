package dev.postrider;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import sun.misc.Signal;

/** The program. Without arguments it is the worker, until it is asked to stop. */
@QuarkusMain
public final class Postrider implements QuarkusApplication {

  public static void main(String... args) {
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
