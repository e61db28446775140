package dev.postrider.bench.micro;

import dev.postrider.bench.part.ComposeBench;
import dev.postrider.bench.part.SampleMails;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Mail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import dev.postrider.mime.Composer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading a mail of 4 KiB from its JSON, and writing one as a message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MailMicro {

  private static final String LINE = "Your parcel is on its way and arrives before noon.\\n";

  private final MailCodec codec = new MailCodec(MailLimits.STANDARD);
  private final Composer composer = new Composer();
  private final Mail text = SampleMails.all().get("text, 4 KiB, ASCII");
  private final Mail german = SampleMails.all().get("text + HTML, 20 KiB, German");
  private final byte[] json =
      """
      {"from":"Acme <hi@acme.test>","to":["ana@example.test"],"subject":"Your parcel","text":"%s"}"""
          .formatted(LINE.repeat(80))
          .getBytes(StandardCharsets.UTF_8);

  @Benchmark
  public Mail decode() throws InvalidMail {
    return codec.decode(json);
  }

  @Benchmark
  public ByteBuffer composeText() {
    return composer.write(text, ComposeBench.STAMP);
  }

  @Benchmark
  public ByteBuffer composeGerman() {
    return composer.write(german, ComposeBench.STAMP);
  }
}
