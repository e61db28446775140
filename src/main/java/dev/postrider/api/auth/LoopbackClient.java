package dev.postrider.api.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Recognizes requests of local users in dev mode: loopback peer, Host = localhost, same site. The
 * last two stop DNS rebinding and CSRF, because any web page can make a browser send requests here.
 */
final class LoopbackClient {

  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Set<HttpMethod> READ_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

  private LoopbackClient() {}

  static boolean isTrusted(HttpServerRequest request) {
    return isLoopback(request)
        && isAddressedToLocalhost(request)
        && (isReadOnly(request) || isFromTrustedSite(request));
  }

  /** True if the request changes nothing. */
  static boolean isReadOnly(HttpServerRequest request) {
    return READ_METHODS.contains(request.method());
  }

  private static boolean isLoopback(HttpServerRequest request) {
    try {
      // The text is an IP address: no DNS query is made.
      return request.remoteAddress() != null
          && request.remoteAddress().hostAddress() != null
          && InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** DNS rebinding: a foreign name can resolve to 127.0.0.1. */
  private static boolean isAddressedToLocalhost(HttpServerRequest request) {
    return request.authority() != null && LOCAL_NAMES.contains(request.authority().host());
  }

  /** Browsers name the origin of a request; other programs do not. */
  private static boolean isFromTrustedSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return (site == null || TRUSTED_SITES.contains(site))
        && (origin == null || isSameOrigin(origin, request));
  }

  /** True if the origin is this server. */
  static boolean isSameOrigin(String origin, HttpServerRequest request) {
    try {
      return request.authority().toString().equals(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }
}
