package dev.postrider.redis;

import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * One Lua script of {@code resources/lua}: one atomic change of state. Called by its digest; the
 * source is sent only if Redis does not have the script.
 */
public final class Script {

  private static final String COMMON = "common.lua";

  private final String name;
  private final String source;
  private final String digest;

  private Script(String name, String source) {
    this.name = name;
    this.source = source;
    this.digest = sha1(source);
  }

  /** Reads {@code lua/<name>.lua}. */
  public static Script named(String name) {
    return new Script(name, read(name + ".lua"));
  }

  /** Reads {@code lua/<name>.lua}, which uses the functions of {@code common.lua}. */
  public static Script withCommon(String name) {
    return new Script(name, read(COMMON) + read(name + ".lua"));
  }

  /** A call of this script: add its arguments, then {@link Call#run}. */
  public Call on(String... keys) {
    return new Call(keys);
  }

  @Override
  public String toString() {
    return name;
  }

  /** One call: digest, number of keys, keys, arguments. */
  public final class Call {

    private final List<byte[]> arguments = new ArrayList<>();

    private Call(String... keys) {
      arg(digest);
      arg(keys.length);
      for (String key : keys) {
        arg(key);
      }
    }

    public Call arg(String value) {
      return arg(value.getBytes(StandardCharsets.UTF_8));
    }

    public Call arg(long value) {
      return arg(Long.toString(value));
    }

    public Call arg(byte[] value) {
      arguments.add(value);
      return this;
    }

    /** Runs the script on each subscription. */
    @CheckReturnValue
    public Uni<Response> run(Link link) {
      return Uni.createFrom()
          .deferred(() -> link.send(Request.cmd(Command.EVALSHA, arguments.toArray())))
          .onFailure(Script::isUnknown)
          .recoverWithUni(() -> link.send(withSource()));
    }

    private Request withSource() {
      Object[] all = arguments.toArray();
      all[0] = source;
      return Request.cmd(Command.EVAL, all);
    }
  }

  private static boolean isUnknown(Throwable failure) {
    return failure.getMessage() != null && failure.getMessage().startsWith("NOSCRIPT");
  }

  private static String read(String file) {
    try (InputStream in = Script.class.getResourceAsStream("/lua/" + file)) {
      if (in == null) {
        throw new IllegalStateException("The script lua/" + file + " is missing from the package.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String source) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      return HexFormat.of().formatHex(sha1.digest(source.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-1.", e);
    }
  }
}
