package dev.postrider.support.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.PlainSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerTest {

  private static final String OF_BODY =
      "6f307a41a48a69cdbaca017615bff36292fd3d7d81872a0867660efcb1d61aa0";

  @TempDir Path directory;

  @Test
  void has_a_line_for_each_mail_before_its_reply_and_none_for_a_refused_one() throws Exception {
    Path file = directory.resolve("ledger");
    try (Sink sink = Sink.start(new SinkOptions().ledger(file).forgetsContent())) {
      send(sink, "drop-after-dot@x.test");
      send(sink, "550-dot@x.test");
      send(sink, "ana@x.test");
      sink.await(2, Duration.ofSeconds(10));
      sink.syncLedger();
      assertEquals(0, sink.mails().get(0).message().length);
    }
    List<String> lines = Files.readAllLines(file);
    assertEquals(2, lines.size());
    String[] fields = lines.get(0).split("\t");
    assertTrue(Long.parseLong(fields[0]) > 1_700_000_000_000L, "Unix ms");
    assertEquals(
        List.of("1", "a@x.test", "drop-after-dot@x.test", "<1@x.test>", "31"),
        List.of(fields).subList(1, 6));
    assertEquals(OF_BODY, fields[6]);
    assertEquals("ana@x.test", lines.get(1).split("\t")[3]);
  }

  private static void send(Sink sink, String recipient) {
    PlainSocket client = PlainSocket.greeted(sink.port());
    client.ask("EHLO me");
    client.ask("MAIL FROM:<a@x.test>");
    client.ask("RCPT TO:<" + recipient + ">");
    client.write("BDAT 31 LAST\r\nMessage-ID: <1@x.test>\r\n\r\nHi.\r\n");
    client.nextByte();
  }
}
