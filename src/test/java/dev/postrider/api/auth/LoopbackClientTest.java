package dev.postrider.api.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which requests need no token in dev mode: none that a page of another site sends. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopbackClientTest {

  private Vertx vertx;
  private HttpServer server;

  @BeforeEach
  void listen() {
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(LoopbackClient.isTrusted(request) ? 200 : 401)
                        .end())
            .listen(0, "0.0.0.0")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void accepts_clients_on_the_same_machine() throws IOException {
    assertTrue(welcome("GET", "localhost:" + server.actualPort()));
    assertTrue(welcome("GET", "127.0.0.1"));
    assertTrue(welcome("GET", "[::1]:8080"));
    assertTrue(welcome("POST", "localhost"));
    assertTrue(welcome("POST", "localhost:8080", "Origin: http://localhost:8080"));
    assertTrue(welcome("POST", "localhost", "Sec-Fetch-Site: same-origin"));
    assertTrue(welcome("POST", "localhost", "Sec-Fetch-Site: none"));
  }

  @Test
  void does_not_fall_for_a_foreign_name_that_leads_here() throws IOException {
    assertFalse(welcome("GET", "evil.example"));
    assertFalse(welcome("GET", "localhost.evil.example"));
    assertFalse(welcome("GET", "127.0.0.1.evil.example:8080"));
    assertFalse(welcome("POST", "evil.example", "Origin: http://evil.example"));
  }

  @Test
  void does_not_act_for_a_foreign_page() throws IOException {
    assertFalse(welcome("POST", "localhost:8080", "Origin: http://evil.example"));
    assertFalse(welcome("POST", "localhost:8080", "Origin: http://localhost:9090"));
    assertFalse(welcome("POST", "localhost:8080", "Origin: null"));
    assertFalse(welcome("POST", "localhost:8080", "Origin: :::"));
    assertFalse(welcome("POST", "localhost", "Sec-Fetch-Site: cross-site"));
    assertFalse(welcome("POST", "localhost", "Sec-Fetch-Site: same-site"));
    assertFalse(welcome("DELETE", "localhost", "Sec-Fetch-Site: cross-site"));
  }

  @Test
  void does_not_accept_clients_from_outside() throws IOException {
    Optional<InetAddress> outside = outside();
    assumeTrue(outside.isPresent(), "this machine has an address of its own");
    assertEquals(401, status(outside.get(), "GET", "localhost"));
  }

  private static Optional<InetAddress> outside() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .findFirst();
  }

  private boolean welcome(String method, String host, String... headers) throws IOException {
    return status(InetAddress.getLoopbackAddress(), method, host, headers) == 200;
  }

  private int status(InetAddress address, String method, String host, String... headers)
      throws IOException {
    try (Socket socket = new Socket(address, server.actualPort())) {
      socket.setSoTimeout(10_000);
      String head = method + " / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n";
      String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      socket.getOutputStream().write((head + more + "\r\n").getBytes(StandardCharsets.US_ASCII));
      String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return Integer.parseInt(reply.split(" ", 3)[1]);
    }
  }
}
