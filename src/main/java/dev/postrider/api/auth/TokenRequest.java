package dev.postrider.api.auth;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** An authentication request with a token. */
final class TokenRequest extends BaseAuthenticationRequest {

  private final String token;

  TokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
