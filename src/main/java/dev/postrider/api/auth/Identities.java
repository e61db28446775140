package dev.postrider.api.auth;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.util.Set;

/** Creates the identity of a role. An admin has all roles. */
final class Identities {

  private Identities() {}

  static SecurityIdentity of(String role) {
    Set<String> roles =
        role.equals(Roles.ADMIN) ? Set.of(role, Roles.VIEWER, Roles.PRODUCER) : Set.of(role);
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(role))
        .addRoles(roles)
        .build();
  }
}
