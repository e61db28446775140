package dev.postrider.support;

import dev.postrider.support.redis.RedisProcess;
import dev.postrider.support.redis.Rights;
import dev.postrider.support.smtp.Sink;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/**
 * A Redis and a mail sink for a Quarkus test. Fields of the test of type {@link RedisProcess} and
 * {@link Sink} are filled. Both live as long as the application; {@link RedisProcess#flush} and
 * {@link Sink#clear} before each test.
 *
 * <p>Argument {@code durable=true}: Redis has every write on disk before it replies. {@code
 * limited=true}: it gives the worker only the {@link Rights} of production. {@code debug=true}: it
 * knows the command DEBUG.
 */
public final class Backends implements QuarkusTestResourceLifecycleManager {

  private boolean durable;
  private boolean limited;
  private boolean debug;
  private RedisProcess redis;
  private Sink sink;

  @Override
  public void init(Map<String, String> arguments) {
    durable = Boolean.parseBoolean(arguments.get("durable"));
    limited = Boolean.parseBoolean(arguments.get("limited"));
    debug = Boolean.parseBoolean(arguments.get("debug"));
  }

  @Override
  public Map<String, String> start() {
    redis = startRedis();
    sink = Sink.start();
    Map<String, String> configuration = new HashMap<>(sink.settings());
    configuration.put("quarkus.redis.hosts", redis.url());
    configuration.put("quarkus.http.test-port", "0");
    return configuration;
  }

  private RedisProcess startRedis() {
    if (limited) {
      return RedisProcess.startLimited();
    }
    if (debug) {
      return RedisProcess.start("--enable-debug-command", "yes");
    }
    return durable ? RedisProcess.startDurable() : RedisProcess.start();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(redis, new TestInjector.MatchesType(RedisProcess.class));
    injector.injectIntoFields(sink, new TestInjector.MatchesType(Sink.class));
  }

  @Override
  public void stop() {
    if (sink != null) {
      sink.close();
    }
    if (redis != null) {
      redis.close();
    }
  }
}
