package dev.postrider.smtp;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Our name in EHLO (RFC 5321 §4.1.4): a full host name, or, where there is none, the address of our
 * side of the connection. Servers refuse {@code localhost} and names without a dot.
 */
public final class EhloName {

  private static final Pattern FULL_NAME =
      Pattern.compile(
          "(?=.{1,255}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
              + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private static final Pattern LOCAL =
      Pattern.compile("(?i)localhost\\..*|.*\\.(?:localdomain|localhost)");

  private EhloName() {}

  /** Whether it is a domain with a dot (RFC 5321 §4.1.2) that may mean one host of the world. */
  public static boolean isFullName(String name) {
    return FULL_NAME.matcher(name).matches() && !LOCAL.matcher(name).matches();
  }

  /** The configured name, or else the literal of our address (§4.1.3). */
  static String of(String configured, SocketAddress ownSide) {
    return configured.isEmpty() ? literal(ownSide.hostAddress()) : configured;
  }

  private static String literal(String ownAddress) {
    String withoutZone = ownAddress.replaceFirst("%.*", "");
    InetAddress address = NetUtil.createInetAddressFromIpAddressString(withoutZone);
    String text = NetUtil.toAddressString(address);
    return address instanceof Inet6Address ? "[IPv6:" + text + "]" : "[" + text + "]";
  }
}
