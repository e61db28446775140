package dev.postrider.dev.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.postrider.smtpserver.ReceivedMessage;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Hostile;
import dev.postrider.support.Program;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTML of mail in a real browser: no script runs and nothing is fetched. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class HostileHtmlTest {

  private static final Path BODIES = Path.of("src/test/resources/hostile/xss.txt");
  private static final Path FRAME = Path.of("src/main/resources/dev/postrider/dev/inbox/inbox.js");
  private static final Duration BROWSER_MAX = Duration.ofSeconds(120);

  private final Inbox inbox = new Inbox(new ConcurrentSkipListMap<>());
  private final InboxResource resource = new InboxResource(inbox);
  private final Set<Integer> hits = new ConcurrentSkipListSet<>();
  private final Set<Integer> shown = new ConcurrentSkipListSet<>();
  private HttpServer server;

  @TempDir Path directory;

  @Hostile("HTML bodies")
  static List<String> bodies() {
    try {
      return Files.readAllLines(BODIES).stream().filter(line -> !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", this::answer);
    server.start();
    for (int i = 0; i < bodies().size(); i++) {
      inbox.add(mail(body(i)));
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void runs_no_script_and_fetches_nothing_in_its_frame_or_on_its_own() {
    assertTrue(bodies().size() >= 20);
    browse("/framed");
    browse("/alone");
    assertEquals(all(), shown, "every mail was shown");
    assertEquals(Set.of(), hits, "scripts that ran and things that were fetched");
  }

  /** Without the policy they do what they are made for: a suite of duds would prove nothing. */
  @Test
  void would_have_run_without_its_frame_and_policy() {
    browse("/unguarded");
    Set<Integer> duds = new TreeSet<>(all());
    duds.removeAll(hits);
    assertTrue(hits.size() >= 20, "these did nothing: " + duds);
  }

  private static Set<Integer> all() {
    return IntStream.range(0, bodies().size()).boxed().collect(Collectors.toSet());
  }

  private void browse(String path) {
    Program chromium = Program.needed("chromium", directory);
    List<String> line =
        new ArrayList<>(
            List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + directory.resolve("profile"),
                "--virtual-time-budget=5000",
                "--dump-dom"));
    line.add("http://127.0.0.1:" + server.getAddress().getPort() + path);
    chromium.run(BROWSER_MAX, line.toArray(String[]::new));
  }

  private String body(int number) {
    String hit = "http://127.0.0.1:" + server.getAddress().getPort() + "/hit/" + number;
    return "<!doctype html><html>" + bodies().get(number).replace("HIT", hit) + "</html>";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String[] path = exchange.getRequestURI().getPath().split("/");
    String what = path.length > 1 ? path[1] : "";
    int number = path.length > 2 ? Integer.parseInt(path[2]) : 0;
    switch (what) {
      case "framed", "alone", "unguarded" -> send(exchange, page(what));
      case "mail" -> sendMail(exchange, number);
      case "raw" -> send(exchange, body(number));
      case "hit" -> {
        hits.add(number);
        send(exchange, "");
      }
      default -> exchange.sendResponseHeaders(404, -1);
    }
    exchange.close();
  }

  /** Framed as the inbox does it; on its own, only the policy of the answer guards. */
  private static String page(String how) throws IOException {
    assertTrue(Files.readString(FRAME).contains("{ sandbox: \"\", src:"), "the frame of the inbox");
    String source = how.equals("unguarded") ? "raw" : "mail";
    String guard = how.equals("framed") ? "sandbox=\"\"" : "";
    return IntStream.range(0, bodies().size())
        .mapToObj(i -> "<iframe %s src=\"/%s/%d\"></iframe>".formatted(guard, source, i))
        .collect(Collectors.joining("", "<!doctype html>", ""));
  }

  private void sendMail(HttpExchange exchange, int number) throws IOException {
    shown.add(number);
    try (Response reply = resource.html(number + 1L)) {
      reply
          .getStringHeaders()
          .forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
      send(exchange, (String) reply.getEntity());
    }
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("text/html;charset=UTF-8"));
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static ReceivedMessage mail(String html) {
    String source = "Subject: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n";
    return new ReceivedMessage(
        "a@x.test", List.of("b@y.test"), source.getBytes(StandardCharsets.UTF_8));
  }
}
