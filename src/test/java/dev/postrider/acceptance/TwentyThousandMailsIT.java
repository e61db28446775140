package dev.postrider.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.acceptance.MailSet.ExpectedMail;
import dev.postrider.acceptance.MailSet.Fate;
import dev.postrider.support.ForeignPrograms;
import dev.postrider.support.Program;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 20,000 mails through the packaged program, from a plain Redis client to a mail server, with the
 * servers of this machine's distribution where they are installed. Each mail has its one right end,
 * and nothing else is left behind.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Tag(ForeignPrograms.TAG)
class TwentyThousandMailsIT {

  private static final int MAILS = 20_000;

  /** Mail for later takes 10 s; the rest is for slow machines. */
  private static final Duration END_MAX = Duration.ofMinutes(3);

  private static final Duration START_MAX = Duration.ofMinutes(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(40);

  /** The sink of Postfix takes 256 connections at once. */
  private static final String CONCURRENCY = "200";

  @TempDir static Path directory;

  private static RedisProcess server;
  private static RedisClient redis;
  private static TestMailServer testMailServer;
  private static Package postrider;
  private static MailSet mailSet;
  private static Instant voidedAt;
  private static Map<String, Map<String, String>> ends;
  private static int exitStatus;

  @BeforeAll
  static void send() throws Exception {
    server = RedisProcess.startInstalled("--maxmemory-policy", "noeviction");
    redis = server.client();
    testMailServer = TestMailServer.open(directory);
    postrider = Package.start(directory, settings());
    awaitWorker();
    Instant start = redisTime();
    mailSet = new MailSet(MAILS, start);
    write(mailSet.commands());
    voidedAt = redisTime();
    EventLog eventLog = new EventLog(redis);
    eventLog.follow(MAILS, END_MAX, postrider::isRunning);
    exitStatus = postrider.stop(STOP_MAX);
    assertEquals(MAILS, eventLog.ends().size(), () -> "mails that ended; " + postrider.log());
    ends =
        eventLog.ends().stream()
            .collect(Collectors.toMap(event -> event.get("id"), Function.identity()));
    report(start, eventLog.ends());
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable part : new AutoCloseable[] {postrider, testMailServer, redis, server}) {
      close(part);
    }
  }

  @Test
  void every_valid_mail_was_taken_exactly_once() {
    Map<String, Integer> expected = new TreeMap<>();
    mailSet.mails().stream()
        .filter(ExpectedMail::isSent)
        .forEach(mail -> expected.put(mail.recipient(), 1));
    Map<String, Integer> taken = new TreeMap<>();
    testMailServer.recipients().forEach(recipient -> taken.merge(recipient, 1, Integer::sum));
    assertEquals(expected, taken);
  }

  @Test
  void every_valid_mail_is_told_to_be_sent() {
    assertEquals(List.of(), wrong(Fate.SENT_NOW, Map.of("type", "sent", "code", "250")));
    assertEquals(List.of(), wrong(Fate.SENT_LATER, Map.of("type", "sent", "code", "250")));
  }

  @Test
  void every_void_mail_was_skipped() {
    assertTrue(voidedAt.isBefore(mailSet.deadline()), "the offers changed in time");
    assertEquals(List.of(), wrong(Fate.SKIPPED, Map.of("type", "skipped", "reason", "superseded")));
  }

  @Test
  void no_mail_was_sent_before_its_time() {
    List<String> early =
        mailSet.mails().stream()
            .filter(mail -> mail.fate() == Fate.SENT_LATER)
            .filter(mail -> endedAt(mail.id()).isBefore(mail.due().get()))
            .map(ExpectedMail::id)
            .toList();
    assertEquals(List.of(), early);
  }

  @Test
  void every_invalid_mail_is_dead_with_its_reason_and_its_bytes() {
    Map<String, String> expected = new HashMap<>();
    mailSet.mails().stream()
        .filter(mail -> mail.fate() == Fate.DEAD)
        .forEach(mail -> expected.put(mail.json(), "invalid " + mail.pointer()));
    Map<String, String> dead = new HashMap<>();
    for (Object entry : (List<?>) redis.command("XRANGE", "mail:{default}:dead", "-", "+")) {
      Map<String, String> fields = EventLog.fields((List<?>) ((List<?>) entry).get(1));
      dead.put(fields.get("mail"), fields.get("reason") + " " + fields.get("pointer"));
    }
    assertEquals(expected.size(), redis.number("XLEN", "mail:{default}:dead"));
    dead.entrySet().removeAll(expected.entrySet());
    assertEquals(Map.of(), dead);
  }

  @Test
  void nothing_is_left_behind() {
    assertEquals(0, redis.number("XLEN", "mail:{default}:ready"), "ready");
    assertEquals(0, redis.number("ZCARD", "mail:{default}:schedule"), "schedule");
    assertEquals(0, redis.number("HLEN", "mail:{default}:parked"), "parked");
    assertEquals(0, redis.number("XLEN", "mail:{default}:held"), "held");
    List<?> pending = (List<?>) redis.command("XPENDING", "mail:{default}:ready", "postrider");
    assertEquals(0L, pending.get(0), "pending");
  }

  @Test
  void the_program_leaves_in_order() {
    assertEquals(0, exitStatus, () -> postrider.log());
  }

  private static Map<String, String> settings() {
    return Map.of(
        "QUARKUS_REDIS_HOSTS",
        server.url(),
        "QUARKUS_MAILER_HOST",
        "127.0.0.1",
        "QUARKUS_MAILER_PORT",
        Integer.toString(testMailServer.port()),
        "QUARKUS_HTTP_HOST",
        "127.0.0.1",
        "QUARKUS_HTTP_PORT",
        "0",
        "POSTRIDER_CONCURRENCY",
        CONCURRENCY);
  }

  /** A worker that reads has a lease. */
  private static void awaitWorker() {
    long deadline = System.nanoTime() + START_MAX.toNanos();
    while (((List<?>) redis.command("KEYS", "mail:{default}:worker:*")).isEmpty()) {
      assertTrue(postrider.isRunning(), () -> "ended at once: " + postrider.log());
      assertTrue(System.nanoTime() < deadline, () -> "no worker: " + postrider.log());
      redis.command("BLPOP", "nothing", "0.05");
    }
  }

  /** As a shell would: the protocol into {@code redis-cli --pipe}. */
  private static void write(List<List<Object>> commands) throws IOException {
    if (Program.find("redis-cli").isEmpty()) {
      redis.pipeline(commands);
      return;
    }
    Path file = Files.write(directory.resolve("mails.resp"), protocol(commands));
    String printed =
        Program.needed("redis-cli", directory)
            .reading(file)
            .run(END_MAX, "-p", Integer.toString(server.port()), "--pipe");
    assertTrue(printed.contains("errors: 0, replies: " + commands.size()), printed);
  }

  private static byte[] protocol(List<List<Object>> commands) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (List<Object> command : commands) {
      out.writeBytes(("*" + command.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
      for (Object word : command) {
        byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
        out.writeBytes(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
        out.writeBytes(new byte[] {'\r', '\n'});
      }
    }
    return out.toByteArray();
  }

  private static List<Map<String, String>> wrong(Fate fate, Map<String, String> expected) {
    return mailSet.mails().stream()
        .filter(mail -> mail.fate() == fate)
        .map(mail -> ends.getOrDefault(mail.id(), Map.of("missing", mail.id())))
        .filter(event -> !event.entrySet().containsAll(expected.entrySet()))
        .toList();
  }

  private static Instant endedAt(String id) {
    return Instant.ofEpochMilli(Long.parseLong(ends.get(id).get("at")));
  }

  private static Instant redisTime() {
    List<?> time = (List<?>) redis.command("TIME");
    return Instant.ofEpochSecond(
            Long.parseLong((String) time.get(0)), 1_000 * Long.parseLong((String) time.get(1)))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  private static void report(Instant start, List<Map<String, String>> events) {
    long first = start.toEpochMilli();
    long last = events.stream().mapToLong(event -> Long.parseLong(event.get("at"))).max().orElse(0);
    System.out.printf(
        "%nTo %s: %s, all of them ended after %.1f s.%n",
        testMailServer.name(), mailSet.countByFate(), (last - first) / 1_000.0);
  }

  private static void close(AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("Could not be closed.", e);
    }
  }
}
