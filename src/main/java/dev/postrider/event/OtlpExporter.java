package dev.postrider.event;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Hands spans to a collector: OpenTelemetry Protocol, HTTP, JSON. Lives on one event loop. Buffers
 * a bounded number of spans and drops the rest; tracing never delays mail.
 */
public final class OtlpExporter implements SpanExporter {

  private static final Logger LOG = Logger.getLogger(OtlpExporter.class);

  /** Spans kept while the collector is busy or away. */
  private static final int WAITING_MAX = 4_096;

  /** Spans of one request. */
  private static final int BATCH_MAX = 512;

  private static final Duration SEND_INTERVAL = Duration.ofSeconds(1);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration WARN_INTERVAL = Duration.ofMinutes(1);

  private final Context context;
  private final URI endpoint;
  private final Map<String, String> headers;
  private final HttpClient client;
  private final OtlpJson writer = new OtlpJson();
  private final List<AttemptSpan> waiting = new ArrayList<>();
  private final long timer;
  private boolean sending;
  private long silentUntil = System.nanoTime();

  /**
   * @param context the calling event loop
   * @param endpoint such as {@code http://collector:4318/v1/traces}
   * @param headers of each request
   */
  public OtlpExporter(Context context, URI endpoint, Map<String, String> headers) {
    this.context = context;
    this.endpoint = endpoint;
    this.headers = headers;
    this.client =
        context
            .owner()
            .createHttpClient(
                new HttpClientOptions()
                    .setMaxPoolSize(1)
                    .setConnectTimeout((int) REQUEST_TIMEOUT.toMillis())
                    .setIdleTimeout((int) REQUEST_TIMEOUT.toSeconds() * 2));
    this.timer = context.owner().setPeriodic(SEND_INTERVAL.toMillis(), fired -> send());
  }

  @Override
  public boolean isEnabled() {
    return true;
  }

  @Override
  public void add(AttemptSpan span) {
    if (waiting.size() < WAITING_MAX) {
      waiting.add(span);
    }
    if (waiting.size() >= BATCH_MAX) {
      send();
    }
  }

  private void send() {
    if (!sending && !waiting.isEmpty()) {
      sending = true;
      hand().onComplete(done -> sending = false);
    }
  }

  /** Completes once, well or not. */
  private Future<Void> hand() {
    List<AttemptSpan> batch = waiting.subList(0, Math.min(BATCH_MAX, waiting.size()));
    Buffer body = Buffer.buffer(writer.write(batch));
    batch.clear();
    return client
        .request(request())
        .compose(request -> post(request, body))
        .onFailure(this::complain)
        .otherwiseEmpty();
  }

  private RequestOptions request() {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setAbsoluteURI(endpoint.toString())
        .setTimeout(REQUEST_TIMEOUT.toMillis());
  }

  private Future<Void> post(HttpClientRequest request, Buffer body) {
    request.putHeader("Content-Type", "application/json");
    headers.forEach(request::putHeader);
    return request.send(body).compose(OtlpExporter::taken);
  }

  private static Future<Void> taken(HttpClientResponse response) {
    return response.statusCode() / 100 == 2
        ? response.end()
        : Future.failedFuture("it answered " + response.statusCode());
  }

  private void complain(Throwable failure) {
    long now = System.nanoTime();
    if (now - silentUntil >= 0) {
      silentUntil = now + WARN_INTERVAL.toNanos();
      LOG.warnf(
          "Traces are lost, mail is not: the collector at %s:%d did not take them: %s. Check"
              + " postrider.traces.endpoint.",
          endpoint.getHost(), endpoint.getPort(), failure.getMessage());
    }
  }

  @Override
  @CheckReturnValue
  public Uni<Void> close() {
    context.owner().cancelTimer(timer);
    Future<Void> last = waiting.isEmpty() ? Future.succeededFuture() : hand();
    return Uni.createFrom()
        .completionStage(last.toCompletionStage())
        .ifNoItem()
        .after(CLOSE_TIMEOUT)
        .recoverWithItem(() -> null)
        .invoke(() -> client.close());
  }
}
