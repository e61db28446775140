package dev.postrider.smtp;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Asks the operating system, off the event loop: {@code /etc/hosts}, then DNS, as every other
 * program. Java keeps an answer for {@code networkaddress.cache.ttl} (30 s), and that there is none
 * for {@code networkaddress.cache.negative.ttl} (10 s). For one host; not thread-safe.
 */
final class SystemLookup implements AddressLookup {

  /** What the C libraries say for EAI_NONAME and EAI_NODATA; Java passes on no code. */
  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "not known|does not resolve|No address associated|no usable address",
          Pattern.CASE_INSENSITIVE);

  private final Vertx vertx;
  private Throwable lastFailure;

  SystemLookup(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Future<List<InetAddress>> addresses(String host) {
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(bare);
    if (literal != null) {
      return Future.succeededFuture(List.of(address(bare, literal)));
    }
    return vertx
        .executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false)
        .recover(failure -> Future.failedFuture(meaning(host, failure)));
  }

  private static InetAddress address(String host, byte[] bytes) {
    try {
      return InetAddress.getByAddress(host, bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(host + " is no address", e);
    }
  }

  /** A failure that Java remembers has no reason; it is that of the time before. */
  private Throwable meaning(String host, Throwable failure) {
    boolean remembered = host.equals(failure.getMessage()) && lastFailure != null;
    if (!remembered) {
      lastFailure = isNotFound(failure) ? new HostNotFound(host) : failure;
    }
    return lastFailure;
  }

  private static boolean isNotFound(Throwable failure) {
    return failure instanceof UnknownHostException
        && NOT_FOUND.matcher(String.valueOf(failure.getMessage())).find();
  }
}
