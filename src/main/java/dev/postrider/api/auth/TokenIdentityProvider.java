package dev.postrider.api.auth;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Finds the identity of a token. All tokens are in memory, so nothing blocks. */
@Singleton
final class TokenIdentityProvider implements IdentityProvider<TokenRequest> {

  private final Tokens tokens;

  TokenIdentityProvider(Tokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Class<TokenRequest> getRequestType() {
    return TokenRequest.class;
  }

  @Override
  @CheckReturnValue
  public Uni<SecurityIdentity> authenticate(
      TokenRequest request, AuthenticationRequestContext context) {
    return tokens
        .roleOf(request.token())
        .map(Identities::of)
        .map(identity -> Uni.createFrom().item(identity))
        .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
  }
}
