package dev.postrider.bench.queue;

import dev.postrider.bench.peer.Postrider;
import dev.postrider.bench.process.BenchRedis;
import dev.postrider.bench.process.PackagedWorker;
import dev.postrider.bench.process.Service;
import dev.postrider.bench.process.WaitTimes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** A worker with its HTTP API for clients with a token of this run. */
final class HttpApi implements AutoCloseable {

  private static final Duration OPEN_MAX = Duration.ofMinutes(1);

  private final String token = UUID.randomUUID().toString();
  private final int port = Service.freePort();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Service worker;

  HttpApi(BenchRedis benchRedis, int sink) throws Exception {
    worker =
        PackagedWorker.start(
            benchRedis.url(),
            sink,
            Map.of(
                "QUARKUS_HTTP_PORT",
                "" + port,
                "QUARKUS_HTTP_HOST",
                "127.0.0.1",
                "POSTRIDER_SECURITY_ADMIN_TOKEN",
                token));
    WaitTimes.until(this::open, OPEN_MAX, "The HTTP API does not answer");
  }

  int port() {
    return port;
  }

  String token() {
    return token;
  }

  void pause() throws Exception {
    post("pause", "{\"reason\":\"bench\"}");
  }

  void resume() throws Exception {
    post("resume", "");
  }

  private void post(String action, String body) throws Exception {
    HttpRequest.Builder request =
        at("/api/v1/queues/" + Postrider.QUEUE + "/" + action)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(action + ": " + response.body());
    }
  }

  private boolean open() throws InterruptedException {
    worker.mustBeAlive();
    try {
      HttpRequest request = at("/q/health/ready").build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  @Override
  public void close() throws IOException {
    worker.close();
  }
}
