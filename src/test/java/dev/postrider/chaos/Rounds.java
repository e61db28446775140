package dev.postrider.chaos;

/** Mail in as many parts as there are faults; each strikes while its part is on the way. */
final class Rounds {

  private final Stage stage;
  private final Size size;
  private final Load load;

  Rounds(Stage stage, Size size, Load load) {
    this.stage = stage;
    this.size = size;
    this.load = load;
  }

  /** Lets the fault strike when a third of each part was taken, by and large. */
  void play(Runnable fault) {
    int part = size.mails() / size.faults();
    for (int round = 0; round < size.faults(); round++) {
      long before = stage.sink().tally().mails();
      Producer producer = stage.produce(load.of(part));
      stage.awaitTaken(before + part / 3);
      fault.run();
      producer.await();
    }
  }
}
