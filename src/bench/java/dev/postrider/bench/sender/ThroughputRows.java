package dev.postrider.bench.sender;

import dev.postrider.bench.Figure.Goal;
import dev.postrider.bench.Report;
import dev.postrider.bench.process.PostfixSink;
import dev.postrider.bench.sender.Race.Entrant;
import dev.postrider.bench.sender.Race.Result;
import dev.postrider.support.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sending over the loopback to {@code smtp-sink}, 50 connections: ready bytes and composed ones.
 */
final class ThroughputRows {

  private static final int CONNECTIONS = 50;

  private static final String READY = "Postrider, 4 KiB ready";
  private static final String COMPOSED = "Postrider, 4 KiB text composed";
  private static final String VERTX_MAIL = "vertx-mail-client, 4 KiB text";
  private static final String SOURCE = "smtp-source, 4 KiB";
  private static final String GERMAN = "Postrider, text + HTML, 20 KiB of German composed";
  private static final String RUSSIAN = "Postrider, text + HTML, 32 KiB of Russian composed";
  private static final String FILE = "Postrider, file of 1 MiB composed";

  private final Report report;
  private final int rounds;

  ThroughputRows(Report report, int rounds) {
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
            .enter(vertxMail(sink.get()))
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
    Map<Entrant, List<Result>> results = race.run(rounds);
    results.forEach(this::tell);
    compare(results);
  }

  private static Entrant postrider(String name, String program, String load, int mails)
      throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender =
        new JvmContender(PostriderSender.class, "" + sink.port(), "" + CONNECTIONS, load);
    return new Entrant(name, sender, sink, mails);
  }

  private static Entrant vertxMail(String program) throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender = new JvmContender(VertxMailSender.class, "" + sink.port(), "" + CONNECTIONS);
    return new Entrant(VERTX_MAIL, sender, sink, 10_000);
  }

  private static Entrant source(String source, String program) throws Exception {
    PostfixSink sink = new PostfixSink(program);
    Contender sender = new PostfixSource(source, sink.address(), CONNECTIONS, Loads.SIZE);
    return new Entrant(SOURCE, sender, sink, 50_000);
  }

  private void tell(Entrant entrant, List<Result> results) {
    String row = entrant.name();
    double rate = Round.median(results, result -> result.round().mailsPerSecond());
    double cpu = cpu(results);
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
      double megabytes = Loads.size(Loads.FILE) / 1e6;
      report.add(row, "MB per second of CPU", megabytes * 1e6 / cpu, Goal.atLeast(400));
      report.add(row, "MB per second", megabytes * rate);
    }
    report.add(row, "CPU of the sink per mail, µs", Round.median(results, Result::sinkCpuMicros));
    if (results.get(0).round().allocated() > 0) {
      report.add(
          row,
          "allocated per mail, bytes",
          Round.median(results, result -> result.round().allocatedEach()));
    }
  }

  private void compare(Map<Entrant, List<Result>> results) {
    double ready = cpuOf(READY, results);
    report.add(
        READY,
        "times less CPU than vertx-mail-client",
        cpuOf(VERTX_MAIL, results) / ready,
        Goal.atLeast(8));
    report.add(
        COMPOSED,
        "times less CPU than vertx-mail-client",
        cpuOf(VERTX_MAIL, results) / cpuOf(COMPOSED, results));
    if (results.keySet().stream().anyMatch(entrant -> entrant.name().equals(SOURCE))) {
      report.add(
          READY, "CPU, part of smtp-source's", ready / cpuOf(SOURCE, results), Goal.atMost(1));
    }
  }

  private static double cpuOf(String row, Map<Entrant, List<Result>> results) {
    return results.entrySet().stream()
        .filter(each -> each.getKey().name().equals(row))
        .mapToDouble(each -> cpu(each.getValue()))
        .findFirst()
        .orElseThrow();
  }

  private static double cpu(List<Result> results) {
    return Round.median(results, result -> result.round().cpuMicros());
  }

  private static boolean timeIsThere() {
    return Files.isExecutable(Path.of(PostfixSource.TIME));
  }
}
