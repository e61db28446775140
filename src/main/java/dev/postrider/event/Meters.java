package dev.postrider.event;

import dev.postrider.mail.Outcome;
import dev.postrider.mail.Receipt;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one engine measures. Its event loop alone writes, anyone reads: no lock, and no memory for a
 * mail. Every key is there from the start, so that nothing grows with what producers write.
 */
public final class Meters {

  private final Map<String, QueueMeters> queues;
  private final Map<String, RouteMeters> routes;
  private final Map<Provider, Spread> sending = new EnumMap<>(Provider.class);

  public Meters(Collection<String> queues, Collection<String> routes) {
    this.queues = each(queues, name -> new QueueMeters());
    this.routes = each(routes, name -> new RouteMeters());
    for (Provider provider : Provider.values()) {
      sending.put(provider, new Spread(Spread.ANSWER));
    }
  }

  private static <M> Map<String, M> each(Collection<String> names, Function<String, M> meters) {
    return Map.copyOf(names.stream().collect(Collectors.toMap(Function.identity(), meters)));
  }

  /** An attempt came to its outcome, so long after its mail was read. */
  public void tried(Provider provider, Outcome outcome, Receipt receipt, long nanos) {
    sending.get(provider).record(nanos);
    RouteMeters route = routes.get(receipt.route());
    if (route != null) { // Counting never stands in the way of a mail.
      route.tried(provider, outcome, receipt);
    }
  }

  public QueueMeters queue(String name) {
    return queues.get(name);
  }

  public RouteMeters route(String name) {
    return routes.get(name);
  }

  /** From reading a mail to the server's answer. */
  public Spread sending(Provider provider) {
    return sending.get(provider);
  }
}
