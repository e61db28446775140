package dev.postrider.api.auth;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

/** Somebody offers a token. */
final class TokenRequest extends BaseAuthenticationRequest {

  private final String token;

  TokenRequest(String token) {
    this.token = token;
  }

  String token() {
    return token;
  }
}
