package dev.postrider.smtp;

import io.vertx.core.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface AddressLookup {

  /**
   * All addresses, IPv4 and IPv6, the preferred one first; never empty. Fails with {@link
   * HostNotFound} if there is no such host, with anything else if that is not known.
   */
  Future<List<InetAddress>> addresses(String host);
}
