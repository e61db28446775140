package dev.postrider.delivery;

/**
 * The server that the default route leads to when none is configured. In production that is the
 * mail server of the machine itself; dev mode puts its inbox there, so that nothing leaves the
 * machine.
 */
public interface FallbackServer {

  String host();

  int port();
}
