package dev.postrider.smtp;

/** DNS says that there is no such host, or that it has no address (NXDOMAIN, NODATA). */
final class HostNotFound extends Exception {

  private static final long serialVersionUID = 1L;

  HostNotFound(String host) {
    super("the host " + host + " does not exist", null, false, false);
  }
}
