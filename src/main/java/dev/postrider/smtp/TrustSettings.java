package dev.postrider.smtp;

import io.vertx.core.net.NetClientOptions;
import java.util.function.UnaryOperator;

/**
 * Which servers to trust with mail and credentials.
 *
 * @param trustAll accepts every certificate and name; for development only
 * @param clearTextLogin allows AUTH without TLS; for development only
 * @param options sets trust store, client certificate, proxy or local address. TLS 1.2 or later and
 *     the check of the host name are set afterwards and cannot be changed here
 */
public record TrustSettings(
    boolean trustAll, boolean clearTextLogin, UnaryOperator<NetClientOptions> options) {}
