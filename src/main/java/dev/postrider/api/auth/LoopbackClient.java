package dev.postrider.api.auth;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;

/**
 * Is this request made by somebody who sits at this machine, and on purpose? The address alone does
 * not tell: a web page of anybody may make the browser ask here.
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
      // The text is an address already, so nothing is looked up.
      return request.remoteAddress() != null
          && request.remoteAddress().hostAddress() != null
          && InetAddress.getByName(request.remoteAddress().hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** DNS rebinding: a foreign name may lead to this machine. */
  private static boolean isAddressedToLocalhost(HttpServerRequest request) {
    return request.authority() != null && LOCAL_NAMES.contains(request.authority().host());
  }

  /** Browsers say where a request comes from; other programs say nothing. */
  private static boolean isFromTrustedSite(HttpServerRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return (site == null || TRUSTED_SITES.contains(site))
        && (origin == null || isSameOrigin(origin, request));
  }

  /** True if the origin is the site that was asked. */
  static boolean isSameOrigin(String origin, HttpServerRequest request) {
    try {
      return request.authority().toString().equals(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException opaque) {
      return false;
    }
  }
}
