package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisCluster;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A worker whose queues and guards live on three masters of a cluster. */
@QuarkusTest
@TestProfile(ClusterTest.Spread.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClusterTest {

  private static final Duration BOUND = Duration.ofSeconds(120);
  private static final int MASTERS = 3;
  private static final String GUARDS = "mail:guards";

  RedisCluster cluster;
  Sink sink;

  private List<String> queues;

  /** A small worker for a cluster. */
  public static final class Spread implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return SmallWorker.settings();
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The cluster and a sink. */
  public static final class Servers implements QuarkusTestResourceLifecycleManager {

    private RedisCluster cluster;
    private Sink sink;

    @Override
    public Map<String, String> start() {
      cluster = RedisCluster.start();
      sink = Sink.start();
      return SmallWorker.places(
          sink,
          Map.of(
              "quarkus.redis.client-type", "cluster",
              "quarkus.redis.hosts", cluster.urls(),
              "postrider.queues", String.join(",", queues(cluster))));
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(cluster, new TestInjector.MatchesType(RedisCluster.class));
      injector.injectIntoFields(sink, new TestInjector.MatchesType(Sink.class));
    }

    @Override
    public void stop() {
      sink.close();
      cluster.close();
    }
  }

  /** One queue at each master. */
  private static List<String> queues(RedisCluster cluster) {
    List<String> queues = new ArrayList<>();
    for (int master = 0; master < MASTERS; master++) {
      queues.add(cluster.queueAt(master));
    }
    return queues;
  }

  @BeforeEach
  void findQueues() {
    queues = queues(cluster);
  }

  private TestProducer producer(String queue) {
    return new TestProducer(cluster.owner("mail:{" + queue + "}:ready"), queue);
  }

  @Test
  void carries_mail_schedules_and_guards_on_three_masters_and_survives_the_loss_of_one() {
    queues.forEach(queue -> fill(queue, 200));
    queues.forEach(this::awaitIdle);
    for (String queue : queues) {
      for (int i = 0; i < 200; i++) {
        assertEquals(1, sink.mailsTo(queue + "-" + i + "@cluster.test").size(), queue + " " + i);
      }
    }
    schedules();
    queues.forEach(this::guards);
    killsOneMaster();
  }

  private void fill(String queue, int mails) {
    try (TestProducer testProducer = producer(queue)) {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < mails; i++) {
        all.add(TestProducer.mail(queue + "-" + i + "@cluster.test"));
      }
      testProducer.addAll(all);
      testProducer.redis().number("WAIT", 1, 30_000);
    }
  }

  private void awaitIdle(String queue) {
    try (TestProducer testProducer = producer(queue)) {
      testProducer.awaitNothingLeft(BOUND);
    }
  }

  private void schedules() {
    String due = Instant.now().plusSeconds(2).toString();
    for (String queue : queues) {
      try (TestProducer testProducer = producer(queue)) {
        testProducer.send(
            "due@" + queue + ".test",
            "\"id\":\"due-" + queue + "\"",
            "\"scheduled_at\":\"" + due + "\"");
      }
    }
    for (String queue : queues) {
      try (TestProducer testProducer = producer(queue)) {
        assertEquals("scheduled", testProducer.await("due-" + queue, "scheduled").get("type"));
        assertEquals("sent", testProducer.end("due-" + queue).get("type"));
      }
    }
  }

  private void guards(String queue) {
    try (TestProducer testProducer = producer(queue);
        RedisClient guards = cluster.owner(GUARDS).client()) {
      long version = guards.number("HINCRBY", GUARDS, "offer:1", 1);
      String old =
          testProducer.send("old@x.test", "\"only_if\":{\"offer:1\":" + (version - 1) + "}");
      assertEquals("superseded", testProducer.end(old).get("reason"));
      String fresh = testProducer.send("new@x.test", "\"only_if\":{\"offer:1\":" + version + "}");
      assertEquals("sent", testProducer.end(fresh).get("type"));
      guards.number("HINCRBY", GUARDS, "mail/gone", 1);
      testProducer.send("gone@x.test", "\"id\":\"gone\"");
      assertEquals("cancelled", testProducer.end("gone").get("reason"));
    }
  }

  /** Of a queue that does not share its master with the guards. */
  private void killsOneMaster() {
    RedisProcess guards = cluster.owner(GUARDS);
    String hit =
        queues.stream()
            .filter(queue -> cluster.owner("mail:{" + queue + "}:ready") != guards)
            .findFirst()
            .orElseThrow();
    RedisProcess master = cluster.owner("mail:{" + hit + "}:ready");
    sink.clear();
    fill(hit, 1_000);
    cluster.kill9(master);
    for (String queue : queues) {
      if (!queue.equals(hit)) {
        try (TestProducer other = producer(queue)) {
          assertEquals("sent", other.end(other.send("meanwhile@x.test")).get("type"));
        }
      }
    }
    assertNotEquals(master, cluster.owner("mail:{" + hit + "}:ready"), "the replica took over");
    awaitIdle(hit);
    try (TestProducer after = producer(hit)) {
      assertEquals("sent", after.end(after.send("after@x.test")).get("type"));
    }
    long sent =
        sink.mails().stream()
            .flatMap(mail -> mail.recipients().stream())
            .filter(to -> to.startsWith(hit + "-"))
            .distinct()
            .count();
    System.out.printf("master killed: 1000 accepted, %d lost, 0 stuck%n", 1_000 - sent);
    assertEquals(1_000, sent);
  }
}
