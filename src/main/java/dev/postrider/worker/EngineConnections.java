package dev.postrider.worker;

import dev.postrider.delivery.ConnectionStats;
import dev.postrider.delivery.Transport;
import dev.postrider.event.SpanExporter;
import dev.postrider.guard.CancelTopicCleaner;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** What an engine has open to the outside: mail servers, the trace collector, Redis. */
final class EngineConnections {

  private final Transport transport;
  private final SpanExporter spanExporter;
  private final CancelTopicCleaner cancelTopicCleaner;
  private final List<Link> links;

  /**
   * @param links to Redis, the one for commands first
   */
  EngineConnections(
      Transport transport,
      SpanExporter spanExporter,
      CancelTopicCleaner cancelTopicCleaner,
      List<Link> links) {
    this.transport = transport;
    this.spanExporter = spanExporter;
    this.cancelTopicCleaner = cancelTopicCleaner;
    this.links = links;
  }

  Transport transport() {
    return transport;
  }

  SpanExporter spanExporter() {
    return spanExporter;
  }

  CancelTopicCleaner cancelTopicCleaner() {
    return cancelTopicCleaner;
  }

  /** The link to Redis for commands that do not wait. */
  Link commands() {
    return links.get(0);
  }

  /** The connections to mail servers now. */
  List<ConnectionStats> stats() {
    return transport.connections();
  }

  /**
   * Closes all in order, Redis last.
   *
   * @param beforeRedis runs while the links to Redis are still open
   */
  @CheckReturnValue
  Uni<Void> close(Uni<Void> beforeRedis) {
    return transport
        .close()
        .eventually(spanExporter::close)
        .eventually(cancelTopicCleaner::close)
        .eventually(() -> beforeRedis)
        .eventually(() -> links.forEach(Link::close));
  }
}
