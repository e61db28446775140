package dev.postrider.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.postrider.smtp.SendResult.Accepted;
import dev.postrider.support.ForeignPrograms;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the test server of Postfix, where it is installed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class SmtpSinkInteropTest {

  private static final int MAILS = 1_000;
  private static final int CONNECTIONS = 20;

  @TempDir private Path directory;

  @BeforeAll
  static void installed() {
    ForeignPrograms.need("smtp-sink");
  }

  /** {@code -8}: no 8BITMIME; {@code -p}: no PIPELINING; {@code -e}: no ESMTP at all. */
  @ParameterizedTest
  @ValueSource(strings = {"-8", "-p", "-e"})
  void takes_every_mail_as_it_left(String option) throws IOException {
    int port = DebianProgram.freePort();
    try (DebianProgram sink = sink(port, option, "-d", directory.resolve("mails") + "/%M.");
        Sender sender = sender(port)) {
      sink.awaitPort(port);
      List<Future<SendResult>> offers = new ArrayList<>();
      for (int number = 0; number < MAILS; number++) {
        offers.add(sender.offer(VariedMails.mail(number), Sender.OPEN, "ana@x.test"));
      }
      offers.forEach(offer -> assertInstanceOf(Accepted.class, Sender.join(offer)));
    }
    Map<Integer, String> stored = stored();
    assertEquals(MAILS, stored.size());
    stored.forEach(VariedMails::assertAsItLeft);
  }

  /**
   * Refusals ({@code -r}, {@code -f}), hanging up ({@code -q}), 421 and hanging up ({@code -Q}).
   */
  @ParameterizedTest
  @CsvSource({
    "-r, MAIL, Refused, ENVELOPE",
    "-f, RCPT, Refused, ENVELOPE",
    "-r, DATA, Refused, DATA",
    "-f, .,    Refused, DOT",
    "-q, MAIL, NotSent, ENVELOPE",
    "-q, RCPT, NotSent, ENVELOPE",
    "-q, DATA, NotSent, DATA",
    "-q, .,    Unknown, DOT",
    "-Q, RCPT, Refused, ENVELOPE",
    "-Q, .,    Refused, DOT"
  })
  void is_understood_when_it_makes_trouble(
      String option, String command, String result, Phase phase) {
    int port = DebianProgram.freePort();
    try (DebianProgram sink = sink(port, option, command);
        Sender sender = sender(port)) {
      sink.awaitPort(port);
      SendResult met = sender.send("ana@x.test");
      assertEquals(result, met.getClass().getSimpleName(), met.toString());
      assertEquals(phase, met.phase());
    }
  }

  private static Sender sender(int port) {
    return Sender.to(Sender.server(port).withLimits(PoolLimits.of(CONNECTIONS)));
  }

  private DebianProgram sink(int port, String... options) {
    List<String> command = new ArrayList<>();
    command.add(ForeignPrograms.needed("smtp-sink").toString());
    if (DebianProgram.root()) { // or it does not start
      command.addAll(List.of("-u", "root"));
    }
    command.addAll(List.of(options));
    command.addAll(List.of("127.0.0.1:" + port, "100"));
    return DebianProgram.start(directory.resolve("output"), command);
  }

  /** What was stored, without the empty line that the server adds. */
  private Map<Integer, String> stored() throws IOException {
    Map<Integer, String> mails = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("mails"))) {
      for (Path file : files.toList()) {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        mails.put(number(text), text.substring(0, text.length() - 1));
      }
    }
    return mails;
  }

  private static int number(String mail) {
    return mail.lines()
        .filter(line -> line.startsWith("Subject: "))
        .map(line -> Integer.parseInt(line.substring(9)))
        .findFirst()
        .orElseThrow();
  }
}
