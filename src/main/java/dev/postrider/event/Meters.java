package dev.postrider.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one engine measures. Its event loop alone writes, anyone reads: no lock, and no memory for a
 * mail. Every key is there from the start, so that nothing grows with what producers write.
 */
public final class Meters {

  private final Map<String, QueueMeters> queues;
  private final Map<Provider, Spread> sending = new EnumMap<>(Provider.class);

  public Meters(Collection<String> queues, Collection<String> routes) {
    this.queues =
        Map.copyOf(queues.stream().collect(toMap(identity(), name -> new QueueMeters(routes))));
    for (Provider provider : Provider.values()) {
      sending.put(provider, new Spread(Spread.ANSWER));
    }
  }

  /** An attempt came to its outcome, so long after its mail was read. */
  public void tried(String queue, Provider provider, Outcome outcome, Receipt receipt, long nanos) {
    sending.get(provider).record(nanos);
    queues.get(queue).tried(provider, outcome, receipt);
  }

  public QueueMeters queue(String name) {
    return queues.get(name);
  }

  /** From reading a mail to the server's answer. */
  public Spread sending(Provider provider) {
    return sending.get(provider);
  }
}
