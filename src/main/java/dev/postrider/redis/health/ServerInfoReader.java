package dev.postrider.redis.health;

import dev.postrider.redis.RedisError;
import dev.postrider.redis.connection.Link;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the properties of a Redis server with a few cheap commands. */
public final class ServerInfoReader {

  /** Only this user reads the configuration: any other would leave an entry in the ACL log. */
  private static final String DEFAULT_USER = "default";

  private final Link link;

  public ServerInfoReader(Link link) {
    this.link = link;
  }

  /** Fails if Redis does not answer. What this user may not read stays empty. */
  @CheckReturnValue
  public Uni<ServerInfo> read() {
    return Uni.combine()
        .all()
        .unis(info(), fsync(), clockAhead())
        .with((info, fsync, ahead) -> ServerInfo.of(lines(info), fsync, ahead));
  }

  private Uni<String> info() {
    return link.send(Request.cmd(Command.INFO))
        .map(Response::toString)
        .onFailure(ServerInfoReader::isDenied)
        .recoverWithItem("");
  }

  private Uni<Optional<String>> fsync() {
    return link.send(Request.cmd(Command.ACL).arg("WHOAMI"))
        .chain(user -> DEFAULT_USER.equals(user.toString()) ? configured() : unknown())
        .onFailure(ServerInfoReader::isDenied)
        .recoverWithUni(ServerInfoReader::unknown);
  }

  /** A managed Redis, or a user with few permissions. */
  private static boolean isDenied(Throwable failure) {
    return RedisError.isReply(failure)
        && (failure.getMessage().startsWith("NOPERM") || failure.getMessage().startsWith("ERR"));
  }

  private Uni<Optional<String>> configured() {
    return link.send(Request.cmd(Command.CONFIG).arg("GET").arg("appendfsync"))
        .map(pair -> pair.size() < 2 ? Optional.empty() : Optional.of(pair.get(1).toString()));
  }

  private static Uni<Optional<String>> unknown() {
    return Uni.createFrom().item(Optional.empty());
  }

  private Uni<Duration> clockAhead() {
    return Uni.createFrom().deferred(this::readTime);
  }

  private Uni<Duration> readTime() {
    long sent = System.currentTimeMillis();
    return link.send(Request.cmd(Command.TIME)).map(time -> ahead(sent, time));
  }

  private static Duration ahead(long sent, Response time) {
    long here = (sent + System.currentTimeMillis()) / 2;
    long there = time.get(0).toLong() * 1_000 + time.get(1).toLong() / 1_000;
    return Duration.ofMillis(there - here);
  }

  /** {@code name:value} per line; headings begin with #. */
  static Map<String, String> lines(String info) {
    Map<String, String> lines = new HashMap<>();
    info.lines()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> lines.put(pair[0], pair[1]));
    return lines;
  }
}
