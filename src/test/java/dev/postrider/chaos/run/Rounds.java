package dev.postrider.chaos.run;

/** Mail in as many parts as there are faults; each strikes while its part is on the way. */
public final class Rounds {

  private final ScenarioRun scenarioRun;
  private final Size size;
  private final Load load;

  public Rounds(ScenarioRun scenarioRun, Size size, Load load) {
    this.scenarioRun = scenarioRun;
    this.size = size;
    this.load = load;
  }

  /** Lets the fault strike when a third of each part was taken, by and large. */
  public void play(Runnable fault) {
    int part = size.mails() / size.faults();
    for (int round = 0; round < size.faults(); round++) {
      long before = scenarioRun.sink().counters().mails();
      LoadProducer loadProducer = scenarioRun.produce(load.of(part));
      scenarioRun.awaitTaken(before + part / 3);
      fault.run();
      loadProducer.await();
    }
  }
}
