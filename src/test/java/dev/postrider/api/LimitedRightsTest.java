package dev.postrider.api;

import static dev.postrider.api.Caller.as;
import static dev.postrider.api.Caller.awaitState;
import static dev.postrider.api.Caller.json;
import static dev.postrider.api.Caller.mail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Backends;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.redis.Rights;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The rights of {@code deploy/redis} are enough, and no more than that. */
@QuarkusTest
@TestProfile(Tokened.class)
@WithTestResource(value = Backends.class, initArgs = @ResourceArg(name = "limited", value = "true"))
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedRightsTest {

  private static final Duration BOUND = Duration.ofSeconds(60);
  private static final String READY = "mail:{default}:ready";

  RedisProcess redis;
  Sink sink;

  @Test
  void are_enough_for_a_worker_and_its_HTTP_API() {
    json(mail("\"id\":\"plain\"")).post("/api/v1/mails").then().statusCode(202);
    json(mail("\"id\":\"keyed\",\"idempotency_key\":\"k\"")).post("/api/v1/mails");
    String due = Instant.now().plusSeconds(2).toString();
    json(mail("\"id\":\"later\",\"scheduled_at\":\"" + due + "\"")).post("/api/v1/mails");
    json(mail("\"id\":\"void\",\"only_if\":{\"offer:1\":7}")).post("/api/v1/mails");
    json(mail("").replace("ana@", "550-dot@").replace("{", "{\"id\":\"refused\","))
        .post("/api/v1/mails");
    sink.await(3, BOUND);
    for (String end : List.of("plain sent", "later sent", "void skipped", "refused dead")) {
      String[] words = end.split(" ");
      awaitState(words[0], words[1]);
    }
    as(Tokened.ADMIN).post("/api/v1/guards/offer:1").then().statusCode(200);
    json("{\"for\":\"1m\",\"reason\":\"a look\"}").post("/api/v1/queues/default/pause");
    as(Tokened.ADMIN).post("/api/v1/queues/default/resume");
    for (String page : List.of("stats", "queues", "queues/default", "workers", "doctor")) {
      as(Tokened.VIEWER).get("/api/v1/" + page).then().statusCode(200);
    }
    as(Tokened.VIEWER).get("/api/v1/mails?state=dead").then().statusCode(200);
    json("").post("/api/v1/mails/plain/cancel");
    assertEquals(List.of(), refusals(), "the worker lacks rights");
  }

  private List<?> refusals() {
    try (RedisClient admin = redis.client()) {
      return (List<?>) admin.command("ACL", "LOG");
    }
  }

  @Test
  void let_a_producer_add_mail_and_bump_guards_and_nothing_else() {
    try (RedisClient admin = redis.client();
        RedisClient producer = redis.client()) {
      Rights.grant(admin, "producer", "producer.acl");
      producer.command("AUTH", "producer", "producer");
      int before = sink.mails().size();
      producer.command("XADD", READY, "*", "mail", mail(""));
      sink.await(before + 1, BOUND);
      producer.command("HINCRBY", "mail:guards", "offer:2", 1);
      refuses(producer, "XRANGE", READY, "-", "+");
      refuses(producer, "DEL", READY);
      refuses(producer, "XADD", "mail:{default}:events", "*", "a", "b");
      refuses(producer, "HGETALL", "mail:guards");
      refuses(producer, "FLUSHALL");
      admin.command("ACL", "LOG", "RESET");
    }
  }

  private static void refuses(RedisClient user, Object... words) {
    RedisClient.RedisError refusal =
        assertThrows(RedisClient.RedisError.class, () -> user.command(words));
    assertTrue(refusal.getMessage().startsWith("NOPERM"), refusal.getMessage());
  }

  @Test
  void keep_a_worker_from_what_is_dangerous() {
    try (RedisClient admin = redis.client();
        RedisClient worker = redis.client()) {
      worker.command("AUTH", "worker", "worker");
      for (String danger : List.of("KEYS *", "FLUSHALL", "CONFIG GET *", "ACL LIST", "SHUTDOWN")) {
        refuses(worker, (Object[]) danger.split(" "));
      }
      refuses(worker, "GET", "other:key");
      admin.command("ACL", "LOG", "RESET");
    }
  }
}
