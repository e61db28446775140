package dev.postrider.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.redis.RedisSentinels;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A worker follows the master that the sentinels name. */
@QuarkusTest
@TestProfile(SentinelTest.Watched.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SentinelTest {

  private static final Duration BOUND = Duration.ofSeconds(120);
  private static final int MAILS = 500;

  RedisSentinels redis;
  Sink sink;

  /** A small worker for sentinels. */
  public static final class Watched implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return SmallWorker.settings();
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Servers.class));
    }
  }

  /** The sentinels with what they watch, and a sink. */
  public static final class Servers implements QuarkusTestResourceLifecycleManager {

    private RedisSentinels redis;
    private Sink sink;

    @Override
    public Map<String, String> start() {
      redis = RedisSentinels.start();
      sink = Sink.start();
      return SmallWorker.places(
          sink,
          Map.of(
              "quarkus.redis.client-type",
              "sentinel",
              "quarkus.redis.master-name",
              RedisSentinels.MASTER,
              "quarkus.redis.hosts",
              redis.urls()));
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisSentinels.class));
      injector.injectIntoFields(sink, new TestInjector.MatchesType(Sink.class));
    }

    @Override
    public void stop() {
      sink.close();
      redis.close();
    }
  }

  @Test
  void follows_a_failover_of_a_master_that_is_well_and_one_of_a_master_that_is_killed() {
    RedisProcess old = redis.master();
    RedisProcess young = redis.replica();
    Set<String> calm = add(old, "calm");
    redis.failover();
    redis.awaitMaster(young);
    redis.awaitReplica(old);
    check("ordered failover", young, calm);

    Set<String> wild = add(young, "wild");
    young.kill9();
    redis.awaitMaster(old);
    young.restart();
    redis.awaitReplica(young);
    check("master killed", old, wild);
  }

  /** Mails that the replica has too when this returns. */
  private static Set<String> add(RedisProcess master, String name) {
    try (TestProducer testProducer = new TestProducer(master)) {
      List<String> mails = new ArrayList<>();
      for (int i = 0; i < MAILS; i++) {
        mails.add(TestProducer.mail(name + i + "@failover.test"));
      }
      testProducer.addAll(mails);
      assertEquals(1, testProducer.redis().number("WAIT", 1, 30_000));
      return mails.stream().map(SentinelTest::recipient).collect(Collectors.toSet());
    }
  }

  private static String recipient(String mail) {
    String after = mail.substring(mail.indexOf("\"to\":[\"") + 7);
    return after.substring(0, after.indexOf('"'));
  }

  /** The ledger: what was accepted against what the sink has taken, and what is still in Redis. */
  private void check(String what, RedisProcess master, Set<String> accepted) {
    try (TestProducer testProducer = new TestProducer(master)) {
      String after = testProducer.send("after@failover.test");
      assertEquals("sent", testProducer.end(after).get("type"));
      testProducer.awaitNothingLeft(BOUND);
      List<String> taken =
          sink.mails().stream()
              .flatMap(mail -> mail.recipients().stream())
              .filter(accepted::contains)
              .toList();
      long different = taken.stream().distinct().count();
      System.out.printf(
          "%s: %d accepted, %d lost, %d twice, 0 stuck%n",
          what, accepted.size(), accepted.size() - different, taken.size() - different);
      assertEquals(accepted.size(), different, "each was on the replica before");
      assertTrue(
          taken.size() - different <= SmallWorker.IN_FLIGHT, "more twice than were in flight");
    }
  }
}
