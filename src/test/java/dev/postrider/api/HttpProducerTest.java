package dev.postrider.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.docs.Page;
import dev.postrider.support.Backends;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtpserver.Received;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example of the page about sending by HTTP as it is written there. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(Backends.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class HttpProducerTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  @TestHTTPResource("/")
  URI base;

  @TempDir Path directory;

  Sink sink;

  @BeforeEach
  void forget() {
    sink.clear();
  }

  @Test
  void a_mail_that_comes_by_HTTP_is_sent() {
    Program.needed("curl", directory);
    String example = Page.of("how-to/produce/http.md").blocks("sh").get(0);
    String reply =
        Program.needed("sh", directory)
            .with("TOKEN", Tokened.PRODUCER)
            .run(SOON, "-euc", example.replace("localhost:8080", base.getAuthority()));
    assertTrue(reply.contains("\"queue\":\"default\""), reply);
    List<Received> mails = sink.awaitTo("ana@example.test", 1, SOON);
    assertEquals(1, mails.size());
    String message = new String(mails.get(0).message(), StandardCharsets.US_ASCII);
    assertTrue(message.endsWith("Sent by HTTP.\r\n"), message);
  }
}
