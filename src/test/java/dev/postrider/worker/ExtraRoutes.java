package dev.postrider.worker;

import dev.postrider.support.proxy.FaultProxy;
import dev.postrider.support.smtp.Sink;
import dev.postrider.support.smtp.SinkOptions;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Further routes for worker tests: {@code far}, a good server behind a proxy that a test may shut,
 * {@code locked}, a server that refuses every password, and {@code scripted} and {@code throttled},
 * which lead to one server whose answers a test writes; the first has a reply rule of its own.
 */
public final class ExtraRoutes implements QuarkusTestResourceLifecycleManager {

  private Sink sink;
  private FaultProxy proxy;
  private Sink locked;
  private ScriptedServer scripted;
  private Path rules;

  @Override
  public Map<String, String> start() {
    sink = Sink.start();
    proxy = FaultProxy.before(sink.port());
    SinkOptions closed = new SinkOptions().server(server -> server.account("acme", "right"));
    locked = Sink.start(closed.failsAuthentication("535 5.7.8 Wrong for ana@acme.test"));
    scripted = new ScriptedServer();
    rules = write("rcpt 550 * mail retry /closed for lunch/ opens again");
    Map<String, String> configuration = new HashMap<>();
    for (String route : List.of("scripted", "throttled")) {
      configuration.put("quarkus.mailer." + route + ".host", "127.0.0.1");
      configuration.put("quarkus.mailer." + route + ".port", Integer.toString(scripted.port()));
    }
    configuration.put("postrider.routes.scripted.replies", rules.toString());
    configuration.put("quarkus.mailer.far.host", "127.0.0.1");
    configuration.put("quarkus.mailer.far.port", Integer.toString(proxy.port()));
    configuration.put("quarkus.mailer.locked.host", locked.host());
    configuration.put("quarkus.mailer.locked.port", Integer.toString(locked.port()));
    configuration.put("quarkus.mailer.locked.username", "acme");
    configuration.put("quarkus.mailer.locked.password", "wrong");
    configuration.put("quarkus.mailer.locked.start-tls", "DISABLED");
    configuration.put("postrider.clear-text-login", "true");
    return configuration;
  }

  private static Path write(String rule) {
    try {
      return Files.writeString(Files.createTempFile("replies", ".txt"), rule);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(proxy, new TestInjector.MatchesType(FaultProxy.class));
    injector.injectIntoFields(scripted, new TestInjector.MatchesType(ScriptedServer.class));
    injector.injectIntoFields(this, new TestInjector.MatchesType(ExtraRoutes.class));
  }

  /** Where the mail of route {@code far} arrives. */
  public Sink far() {
    return sink;
  }

  @Override
  public void stop() {
    rules.toFile().delete();
    scripted.close();
    locked.close();
    proxy.close();
    sink.close();
  }
}
