package dev.postrider.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.postrider.support.Certificates;
import dev.postrider.support.redis.RedisClient;
import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the doctor finds in installations that are well, and in those that are not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DoctorCommandTest {

  private static RedisProcess server;
  private static RedisClient redis;
  private static Sink sink;

  private Shell shell;

  @BeforeAll
  static void startServers() {
    server = RedisProcess.startDurable();
    redis = server.client();
    sink = Sink.start();
  }

  @AfterAll
  static void stopServers() {
    sink.close();
    redis.close();
    server.close();
  }

  @BeforeEach
  void empty() {
    server.flush();
    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    shell =
        Shell.at(server.url())
            .with("quarkus.mailer.host", sink.host())
            .with("quarkus.mailer.port", Integer.toString(sink.port()));
  }

  @Test
  void finds_nothing_that_fails() {
    Shell.Ended ended = shell.run("doctor");
    assertEquals(Exit.DONE, ended.status(), ended.out() + ended.err());
    assertFalse(ended.out().contains("FAIL"), ended.out());
    assertTrue(ended.out().contains("OK    redis eviction: noeviction\n"), ended.out());
    assertTrue(ended.out().contains("OK    route default: 127.0.0.1:"), ended.out());
    assertTrue(ended.out().contains("WARN  queue default workers: none\n      Start a worker"));
    assertEquals(0, sink.mails().size());
  }

  @Test
  void fails_a_redis_that_throws_mail_away() {
    redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    Shell.Ended ended = shell.run("doctor", "--no-routes", "-o", "json");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.out().startsWith("{\"healthy\":false,\"findings\":[{\"grade\":\"OK\","));
    assertTrue(
        ended.out().contains("{\"grade\":\"FAIL\",\"subject\":\"redis eviction\","), ended.out());
  }

  @Test
  void fails_a_queue_without_workers() {
    redis.command("XADD", "mail:{default}:ready", "*", "mail", "{}");
    Shell.Ended ended = shell.run("doctor", "--no-routes");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.out().contains("FAIL  queue default workers: none, but mail is waiting"));
  }

  @Test
  void reports_consumers_that_are_gone_and_new_dead_letters() {
    redis.command("XGROUP", "CREATE", "mail:{default}:ready", "postrider", "0", "MKSTREAM");
    redis.command("XGROUP", "CREATECONSUMER", "mail:{default}:ready", "postrider", "lost-0");
    redis.command("XADD", "mail:{default}:dead", "*", "id", "a", "reason", "refused");
    String out = shell.run("doctor", "--no-routes").out();
    assertTrue(
        out.contains("WARN  queue default abandoned: mail of 1 consumers without a lease"), out);
    assertTrue(out.contains("1 dead, 1 of them in the last ten minutes"), out);
  }

  @Test
  void fails_a_queue_whose_ids_are_no_times() {
    for (String id : List.of("1700000000-0", "1700000000000000000-0", "18446744073709551615-5")) {
      redis.command("DEL", "mail:{default}:ready");
      redis.command("XADD", "mail:{default}:ready", id, "mail", "{}");
      Shell.Ended ended = shell.run("doctor", "--no-routes");
      assertEquals(Exit.FAILED, ended.status());
      assertTrue(
          ended.out().contains("FAIL  queue default ids: the last id is " + id), ended.out());
    }
    redis.command("DEL", "mail:{default}:ready");
    redis.command("XADD", "mail:{default}:ready", "*", "mail", "{}");
    String out = shell.run("doctor", "--no-routes").out();
    assertTrue(out.contains("OK    queue default ids: times by Redis's clock"), out);
  }

  @Test
  void fails_a_route_whose_server_is_not_there() {
    Shell.Ended ended = shell.with("quarkus.mailer.port", "1").run("doctor");
    assertEquals(Exit.FAILED, ended.status());
    assertTrue(ended.out().contains("FAIL  route default: 127.0.0.1:1: cannot be reached"));
  }

  @Test
  void fails_a_route_whose_server_refuses_the_password_and_does_not_show_it() {
    SinkOptions closed = new SinkOptions().server(options -> options.account("acme", "right"));
    try (Sink locked = Sink.start(closed)) {
      Shell.Ended ended =
          shell
              .with("quarkus.mailer.port", Integer.toString(locked.port()))
              .with("quarkus.mailer.start-tls", "DISABLED")
              .with("quarkus.mailer.username", "acme")
              .with("quarkus.mailer.password", "wr0ng")
              .with("postrider.clear-text-login", "true")
              .run("doctor");
      assertEquals(Exit.FAILED, ended.status(), ended.out());
      assertTrue(ended.out().contains("FAIL  route default"), ended.out());
      assertFalse(ended.out().contains("wr0ng"), ended.out());
    }
  }

  @Test
  void warns_if_the_name_in_ehlo_is_no_full_name() {
    SinkOptions elsewhere = new SinkOptions().server(options -> options.host("127.0.0.2"));
    try (Sink other = Sink.start(elsewhere)) {
      shell
          .with("quarkus.mailer.host", "127.0.0.2")
          .with("quarkus.mailer.port", Integer.toString(other.port()));
      String local = shell.with("quarkus.mailer.own-host-name", "localhost").run("doctor").out();
      assertTrue(
          local.contains("WARN  route default own name: localhost, which is no full host name\n"),
          local);
      assertTrue(local.contains("Set quarkus.mailer.own-host-name"), local);
      String full =
          shell.with("quarkus.mailer.own-host-name", "mail.acme.test").run("doctor").out();
      assertFalse(full.contains("own name"), full);
    }
  }

  @Test
  void trusts_only_what_the_named_tls_configuration_trusts() {
    try (Certificates certificates = new Certificates();
        Sink secure =
            Sink.start(
                new SinkOptions().server(options -> options.startTls(certificates.good())))) {
      shell
          .with("quarkus.mailer.port", Integer.toString(secure.port()))
          .with("quarkus.mailer.start-tls", "REQUIRED")
          .with("quarkus.mailer.tls", "false");
      Shell.Ended careful = shell.run("doctor");
      assertTrue(careful.out().contains("FAIL  route default"), careful.out());
      Shell.Ended trusting =
          shell
              .with("quarkus.mailer.tls-configuration-name", "relay")
              .with("quarkus.tls.relay.trust-store.pem.certs", certificates.trustFile().toString())
              .run("doctor");
      assertTrue(trusting.out().contains("OK    route default: 127.0.0.1:"), trusting.out());
      assertTrue(trusting.out().contains(" ms, TLS, no login"), trusting.out());
    }
  }

  @Test
  void says_so_where_redis_is_down() {
    Shell.Ended ended = Shell.at("redis://127.0.0.1:1").run("doctor", "--no-routes", "-o", "json");
    assertEquals(Exit.FAILED, ended.status());
    List<String> lines = ended.lines();
    assertEquals(1, lines.size());
    assertTrue(lines.get(0).contains("could not be checked: "), lines.get(0));
  }

  @Test
  void does_not_rate_a_domain_where_dns_cannot_be_asked() {
    Shell.Ended ended = shell.run("doctor", "--no-routes", "--domain", "nowhere.invalid");
    assertTrue(ended.out().contains("domain nowhere.invalid SPF: "), ended.out());
    assertFalse(ended.out().contains("FAIL  domain"), ended.out());
  }
}
