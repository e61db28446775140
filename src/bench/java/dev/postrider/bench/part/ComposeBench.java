package dev.postrider.bench.part;

import com.sun.management.ThreadMXBean;
import dev.postrider.mail.Mail;
import dev.postrider.mime.Composer;
import dev.postrider.mime.Stamp;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures what it costs to turn a mail into bytes, for Postrider's composer and for three others,
 * and whether the bytes keep the rules. Prints one table in Markdown. With the name of a composer
 * as its argument it measures that one alone.
 *
 * <p>Each figure is the median of {@value #ROUNDS} rounds of about {@value #ROUND_MS} ms after as
 * many to warm up: CPU time of one thread, so that other load counts little.
 */
public final class ComposeBench {

  private static final int ROUNDS = 9;
  private static final long ROUND_MS = 200;

  /** Asking for the CPU time takes about a microsecond. */
  private static final int CLOCK_EVERY = 10;

  public static final Stamp STAMP =
      new Stamp("1790000000000-0", Instant.parse("2026-11-22T12:10:59Z"));

  /** Turns a mail into the bytes of a message. */
  interface Composing {
    byte[] compose(Mail mail) throws Exception;
  }

  private record Cost(double micros, long bytes) {}

  private ComposeBench() {}

  public static void main(String[] arguments) throws Exception {
    System.out.println("| mail | composer | µs | allocated | written | same bytes twice | 7-bit |");
    System.out.println("|---|---|--:|--:|--:|---|---|");
    for (Map.Entry<String, Mail> mail : SampleMails.all().entrySet()) {
      for (Map.Entry<String, Composing> composing : composers().entrySet()) {
        if (arguments.length == 0 || composing.getKey().equals(arguments[0])) {
          System.out.println(row(mail, composing));
        }
      }
    }
  }

  private static Map<String, Composing> composers() {
    Composer composer = new Composer();
    Map<String, Composing> composers = new LinkedHashMap<>();
    composers.put("Postrider", mail -> composer.compose(mail, STAMP));
    composers.put("vertx-mail-client", new VertxMailComposing());
    composers.put("Angus Mail", new AngusComposing());
    composers.put("Mime4j", new Mime4jComposing());
    return composers;
  }

  private static String row(Map.Entry<String, Mail> mail, Map.Entry<String, Composing> composing)
      throws Exception {
    byte[] message = composing.getValue().compose(mail.getValue());
    byte[] again = composing.getValue().compose(mail.getValue());
    String text = new String(message, StandardCharsets.ISO_8859_1);
    Cost cost = measure(composing.getValue(), mail.getValue());
    return "| %s | %s | %.1f | %,d | %,d | %s | %s |"
        .formatted(
            mail.getKey(),
            composing.getKey(),
            cost.micros(),
            cost.bytes(),
            message.length,
            yesOrNo(Arrays.equals(message, again)),
            yesOrNo(text.chars().allMatch(c -> c < 0x80)));
  }

  private static String yesOrNo(boolean yes) {
    return yes ? "yes" : "no";
  }

  private static Cost measure(Composing composing, Mail mail) throws Exception {
    Cost[] costs = new Cost[ROUNDS];
    for (int i = 0; i < 2 * ROUNDS; i++) {
      costs[i % ROUNDS] = round(composing, mail);
    }
    double[] micros = Arrays.stream(costs).mapToDouble(Cost::micros).sorted().toArray();
    long[] bytes = Arrays.stream(costs).mapToLong(Cost::bytes).sorted().toArray();
    return new Cost(micros[ROUNDS / 2], bytes[ROUNDS / 2]);
  }

  private static Cost round(Composing composing, Mail mail) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    long end = start;
    int mails = 0;
    while (end - start < ROUND_MS * 1_000_000) {
      if (composing.compose(mail).length == 0) {
        throw new IllegalStateException("composed nothing");
      }
      mails++;
      end = mails % CLOCK_EVERY == 0 ? threads.getCurrentThreadCpuTime() : end;
    }
    long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    return new Cost((end - start) / 1e3 / mails, bytes / mails);
  }
}
