package dev.postrider.bench.part;

import com.sun.management.ThreadMXBean;
import dev.postrider.event.EngineMetrics;
import dev.postrider.event.MailboxProvider;
import dev.postrider.event.QueueMetrics;
import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Measures what counting costs a mail that is sent: everything that the worker counts for one.
 * Prints one table in Markdown.
 *
 * <p>Each figure is the median of {@value #ROUNDS} rounds of {@value #MAILS} mails after as many to
 * warm up: CPU time of one thread.
 */
public final class MetricsBench {

  private static final int ROUNDS = 9;
  private static final int MAILS = 1_000_000;

  private final EngineMetrics engineMetrics =
      new EngineMetrics(List.of("default", "bulk"), List.of("default", "far"));
  private final Receipt receipt =
      new Receipt(
          "default",
          List.of(
              new Receipt.Answer(
                  0,
                  Receipt.Fate.ACCEPTED,
                  "done",
                  Optional.of(new Receipt.ServerReply(250, Optional.empty(), "ok")),
                  "")));
  private final Outcome sent = new Outcome.Sent(receipt);

  private MetricsBench() {}

  public static void main(String[] arguments) throws InvalidMail {
    System.out.println("| recipient | ns | bytes allocated |");
    System.out.println("|---|--:|--:|");
    for (String recipient : List.of("ana@gmail.com", "ana@example.test")) {
      System.out.println(new MetricsBench().row(recipient));
    }
  }

  private String row(String recipient) throws InvalidMail {
    Address address = Address.parse(recipient);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] nanos = new double[ROUNDS];
    double allocated = 0;
    for (int i = 0; i < 2 * ROUNDS; i++) {
      long bytes = threads.getCurrentThreadAllocatedBytes();
      long start = threads.getCurrentThreadCpuTime();
      count(address);
      nanos[i % ROUNDS] = (double) (threads.getCurrentThreadCpuTime() - start) / MAILS;
      allocated = (double) (threads.getCurrentThreadAllocatedBytes() - bytes) / MAILS;
    }
    Arrays.sort(nanos);
    return "| %s | %.0f | %.2f |".formatted(recipient, nanos[ROUNDS / 2], allocated);
  }

  private void count(Address recipient) {
    for (int mail = 0; mail < MAILS; mail++) {
      engineMetrics.attempted(
          "default", MailboxProvider.of(recipient), sent, receipt, 12_000_000L + mail);
      QueueMetrics queue = engineMetrics.queue("default");
      queue.waited(mail);
      queue.add(QueueMetrics.Count.ENQUEUED, 1);
      queue.settled(sent, mail % 100);
    }
  }
}
