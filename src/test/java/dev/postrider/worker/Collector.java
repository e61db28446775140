package dev.postrider.worker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A collector of traces as small as can be: it takes requests and keeps them. */
public final class Collector implements QuarkusTestResourceLifecycleManager {

  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
  private HttpServer server;
  private volatile int status = 200;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/traces", this::take);
    server.start();
    int port = server.getAddress().getPort();
    return Map.of(
        "postrider.traces.endpoint",
        "http://127.0.0.1:" + port + "/v1/traces",
        "postrider.traces.headers.x-tenant",
        "acme");
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    boolean known = "acme".equals(exchange.getRequestHeaders().getFirst("x-tenant"));
    exchange.sendResponseHeaders(known ? status : 401, -1);
    exchange.close();
    requests.add(new String(body, StandardCharsets.UTF_8));
  }

  /** What it answers from now on. */
  void answers(int code) {
    status = code;
  }

  /** Everything of the next request, once it is there. */
  String next(Duration bound) throws InterruptedException {
    String request = requests.poll(bound.toMillis(), TimeUnit.MILLISECONDS);
    if (request == null) {
      throw new AssertionError("No spans within " + bound);
    }
    return request;
  }

  /** The spans that come until there are so many. */
  List<JsonObject> spans(int number, Duration bound) throws InterruptedException {
    List<JsonObject> spans = new ArrayList<>();
    while (spans.size() < number) {
      new JsonObject(next(bound))
          .getJsonArray("resourceSpans")
          .getJsonObject(0)
          .getJsonArray("scopeSpans")
          .getJsonObject(0)
          .getJsonArray("spans")
          .forEach(span -> spans.add((JsonObject) span));
    }
    return spans;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(Collector.class));
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
