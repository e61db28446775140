package dev.postrider.bench.sender;

import dev.postrider.bench.part.ComposeBench;
import dev.postrider.bench.part.SampleMails;
import dev.postrider.mail.Mail;
import dev.postrider.mime.Composer;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Supplier;

/** What is sent: bytes made beforehand, or a mail composed each time. */
final class Loads {

  static final String READY = "ready";
  static final String TEXT = "text";
  static final String GERMAN = "german";
  static final String RUSSIAN = "russian";
  static final String FILE = "file";

  /** Bytes of the message made beforehand. */
  static final int SIZE = 4_096;

  private static final Map<String, String> SAMPLES =
      Map.of(
          TEXT, "text, 4 KiB, ASCII",
          GERMAN, "text + HTML, 20 KiB, German",
          RUSSIAN, "text + HTML, 20 KiB, Russian",
          FILE, "text + file of 1 MiB");

  private Loads() {}

  static Supplier<Buffer> of(String load) {
    if (load.equals(READY)) {
      Buffer message = ready();
      return () -> message;
    }
    Mail mail = SampleMails.all().get(SAMPLES.get(load));
    Composer composer = new Composer();
    return () -> withoutCopy(composer.write(mail, ComposeBench.STAMP));
  }

  @SuppressWarnings("deprecation") // Vert.x 4 has no other way without a copy.
  private static Buffer withoutCopy(ByteBuffer bytes) {
    return Buffer.buffer(Unpooled.wrappedBuffer(bytes));
  }

  static int size(String load) {
    return of(load).get().length();
  }

  private static Buffer ready() {
    StringBuilder text = new StringBuilder("From: bench@client.test\r\nSubject: Bench\r\n\r\n");
    while (text.length() < SIZE) {
      text.append("The quick brown fox jumps over the lazy dog. It does so all day long.\r\n");
    }
    return Buffer.buffer(text.substring(0, SIZE - 2) + "\r\n");
  }
}
