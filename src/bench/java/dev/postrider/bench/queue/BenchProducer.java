package dev.postrider.bench.queue;

import dev.postrider.bench.process.Rounds;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** Posts mail to the HTTP API over connections that stay open; each line it reads is an order. */
public final class BenchProducer {

  static final String MAIL =
      """
      {"from":"Acme <hi@acme.test>","to":["ana@example.test"],"subject":"Hello","text":"%s"}"""
          .formatted("Come back soon. ".repeat(58));

  private final Context context;
  private final HttpClient client;
  private final int connections;
  private final String token;

  private BenchProducer(Vertx vertx, int port, int connections, String token) {
    this.context = vertx.getOrCreateContext();
    this.connections = connections;
    this.token = token;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setDefaultHost("127.0.0.1")
                .setDefaultPort(port)
                .setMaxPoolSize(connections));
  }

  /**
   * Arguments: port, connections, token. An order is a number of requests and the mails of each;
   * the answer is how many nanoseconds they took.
   */
  public static void main(String[] arguments) throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    int port = Integer.parseInt(arguments[0]);
    BenchProducer benchProducer =
        new BenchProducer(vertx, port, Integer.parseInt(arguments[1]), arguments[2]);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String order = orders.readLine(); order != null; order = orders.readLine()) {
      String[] words = order.split(" ");
      System.out.println(
          benchProducer.post(Integer.parseInt(words[0]), Integer.parseInt(words[1])));
    }
    System.exit(0);
  }

  static String order(int requests, int mailsEach) {
    return requests + " " + mailsEach;
  }

  private long post(int requests, int mailsEach) {
    String path = mailsEach == 1 ? "/api/v1/mails" : "/api/v1/mails/batch";
    String mails = String.join(",", Collections.nCopies(mailsEach, MAIL));
    Buffer body = Buffer.buffer(mailsEach == 1 ? mails : "[" + mails + "]");
    Rounds round = new Rounds(() -> post(path, body), requests);
    long start = System.nanoTime();
    context.runOnContext(now -> round.start(connections));
    round.join();
    return System.nanoTime() - start;
  }

  private Future<?> post(String path, Buffer body) {
    return client
        .request(HttpMethod.POST, path)
        .compose(request -> send(request, body))
        .compose(BenchProducer::accepted);
  }

  private Future<HttpClientResponse> send(HttpClientRequest request, Buffer body) {
    return request
        .putHeader("Content-Type", "application/json")
        .putHeader("Authorization", "Bearer " + token)
        .send(body);
  }

  private static Future<Buffer> accepted(HttpClientResponse response) {
    if (response.statusCode() / 100 == 2) {
      return response.body();
    }
    return Future.failedFuture("The HTTP API answered " + response.statusCode());
  }
}
