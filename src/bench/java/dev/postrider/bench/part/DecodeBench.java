package dev.postrider.bench.part;

import com.sun.management.ThreadMXBean;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures what it costs to read a mail from its JSON. Prints one table in Markdown.
 *
 * <p>Each figure is the median of {@value #ROUNDS} rounds of {@value #MAILS} mails after as many to
 * warm up: CPU time of one thread, so that other load counts little.
 */
public final class DecodeBench {

  private static final int ROUNDS = 9;
  private static final int MAILS = 30_000;
  private static final int TEXT = 4_096;

  private static final MailCodec CODEC = new MailCodec(MailLimits.STANDARD);

  private DecodeBench() {}

  public static void main(String[] arguments) throws InvalidMail {
    System.out.println("| mail | JSON, bytes | µs | allocated |");
    System.out.println("|---|--:|--:|--:|");
    for (Map.Entry<String, String> line : lines().entrySet()) {
      System.out.println(row(line.getKey(), json(line.getValue())));
    }
  }

  private static Map<String, String> lines() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("two words", "");
    lines.put("text, 4 KiB, ASCII", "Your parcel is on its way and arrives before noon.\\n");
    lines.put("text, 4 KiB, German", "Die Lieferung kommt übermorgen, schöne Grüße.\\n");
    lines.put("text, 4 KiB, Chinese", "您的订单已发货，明天中午前送达。\\n");
    return lines;
  }

  private static byte[] json(String line) {
    int size = Math.max(1, line.getBytes(StandardCharsets.UTF_8).length);
    String mail =
        "{'from':'Acme <hi@acme.test>','to':['ana@example.test'],'subject':'Your parcel',"
            + "'text':'%s','id':'m-1','scheduled_at':'2026-12-01T09:00:00+01:00',"
            + "'only_if':{'offer:123':7},'tags':{'kind':'parcel'}}";
    return mail.replace('\'', '"')
        .formatted("It works." + line.repeat(TEXT / size))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String row(String name, byte[] json) throws InvalidMail {
    double[] micros = new double[ROUNDS];
    long allocated = 0;
    for (int i = 0; i < 2 * ROUNDS; i++) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      decodeAll(json);
      micros[i % ROUNDS] = (threads.getCurrentThreadCpuTime() - start) / 1e3 / MAILS;
      allocated = (threads.getCurrentThreadAllocatedBytes() - bytes) / MAILS;
    }
    Arrays.sort(micros);
    return "| %s | %,d | %.1f | %,d |".formatted(name, json.length, micros[ROUNDS / 2], allocated);
  }

  private static void decodeAll(byte[] json) throws InvalidMail {
    for (int i = 0; i < MAILS; i++) {
      if (CODEC.decode(json).to().isEmpty()) {
        throw new IllegalStateException("read nothing");
      }
    }
  }
}
