package dev.postrider.bench.sender;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Report;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.sender.Race.Entrant;
import dev.postrider.bench.sender.Race.Lap;
import dev.postrider.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sending over the loopback to {@code smtp-sink}, 50 connections: ready bytes and composed ones.
 */
final class WireRows {

  private static final int CONNECTIONS = 50;

  private static final String READY = "Postrider, 4 KiB ready";
  private static final String COMPOSED = "Postrider, 4 KiB text composed";
  private static final String STOCK = "stock mail client, 4 KiB text";
  private static final String SOURCE = "smtp-source, 4 KiB";
  private static final String GERMAN = "Postrider, text + HTML, 20 KiB of German composed";
  private static final String RUSSIAN = "Postrider, text + HTML, 32 KiB of Russian composed";
  private static final String FILE = "Postrider, file of 1 MiB composed";

  private final Report report;
  private final int rounds;

  WireRows(Report report, int rounds) {
    this.report = report;
    this.rounds = rounds;
  }

  void measure() throws Exception {
    Optional<String> sink = PostfixSink.find();
    if (sink.isEmpty()) {
      report.skip("sender only", "smtp-sink (Postfix) is not installed");
      return;
    }
    Race race =
        new Race()
            .enter(postrider(READY, sink.get(), Loads.READY, 100_000))
            .enter(postrider(COMPOSED, sink.get(), Loads.TEXT, 50_000))
            .enter(stock(sink.get()))
            .enter(postrider(GERMAN, sink.get(), Loads.GERMAN, 20_000))
            .enter(postrider(RUSSIAN, sink.get(), Loads.RUSSIAN, 20_000))
            .enter(postrider(FILE, sink.get(), Loads.FILE, 500));
    Optional<String> source =
        Program.find("smtp-source").map(Path::toString).filter(found -> timeIsThere());
    if (source.isPresent()) {
      race.enter(source(source.get(), sink.get()));
    } else {
      report.skip(SOURCE, "smtp-source or " + PostfixSource.TIME + " is not installed");
    }
    Map<Entrant, List<Lap>> laps = race.run(rounds);
    laps.forEach(this::tell);
    compare(laps);
  }

  private static Entrant postrider(String name, String program, String load, int mails)
      throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender =
        new JvmContender(PostriderSender.class, "" + sink.port(), "" + CONNECTIONS, load);
    return new Entrant(name, sender, sink, mails);
  }

  private static Entrant stock(String program) throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender = new JvmContender(VertxMailSender.class, "" + sink.port(), "" + CONNECTIONS);
    return new Entrant(STOCK, sender, sink, 10_000);
  }

  private static Entrant source(String source, String program) throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender = new PostfixSource(source, sink.address(), CONNECTIONS, Loads.SIZE);
    return new Entrant(SOURCE, sender, sink, 50_000);
  }

  private void tell(Entrant entrant, List<Lap> laps) {
    String row = entrant.name();
    double rate = Round.median(laps, lap -> lap.round().mailsPerSecond());
    double cpu = cpu(laps);
    if (row.equals(READY)) {
      report.add(row, "mails/s", rate, Goal.atLeast(25_000));
      report.add(row, "CPU per mail, µs", cpu, Goal.atMost(25));
    } else if (row.equals(GERMAN)) {
      report.add(row, "mails/s", rate);
      report.add(row, "CPU per mail, µs", cpu, Goal.atMost(120));
    } else {
      report.add(row, "mails/s", rate);
      report.add(row, "CPU per mail, µs", cpu);
    }
    if (row.equals(FILE)) {
      double megabytes = Loads.octets(Loads.FILE) / 1e6;
      report.add(row, "MB per second of CPU", megabytes * 1e6 / cpu, Goal.atLeast(400));
      report.add(row, "MB per second", megabytes * rate);
    }
    report.add(row, "CPU of the sink per mail, µs", Round.median(laps, Lap::sinkCpuMicros));
    if (laps.get(0).round().allocated() > 0) {
      report.add(
          row,
          "allocated per mail, octets",
          Round.median(laps, lap -> lap.round().allocatedEach()));
    }
  }

  private void compare(Map<Entrant, List<Lap>> laps) {
    double ready = cpuOf(READY, laps);
    report.add(READY, "times less CPU than stock", cpuOf(STOCK, laps) / ready, Goal.atLeast(8));
    report.add(COMPOSED, "times less CPU than stock", cpuOf(STOCK, laps) / cpuOf(COMPOSED, laps));
    if (laps.keySet().stream().anyMatch(entrant -> entrant.name().equals(SOURCE))) {
      report.add(READY, "CPU, part of smtp-source's", ready / cpuOf(SOURCE, laps), Goal.atMost(1));
    }
  }

  private static double cpuOf(String row, Map<Entrant, List<Lap>> laps) {
    return laps.entrySet().stream()
        .filter(each -> each.getKey().name().equals(row))
        .mapToDouble(each -> cpu(each.getValue()))
        .findFirst()
        .orElseThrow();
  }

  private static double cpu(List<Lap> laps) {
    return Round.median(laps, lap -> lap.round().cpuMicros());
  }

  private static boolean timeIsThere() {
    return Files.isExecutable(Path.of(PostfixSource.TIME));
  }
}
