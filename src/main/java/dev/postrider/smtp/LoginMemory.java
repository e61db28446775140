package dev.postrider.smtp;

import dev.postrider.smtp.sasl.Credentials;
import dev.postrider.smtp.sasl.SaslMechanism;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier logins taught about the mechanisms of one server, so that a mechanism that it offers
 * and refuses is not tried on each connection, and a wrong password as seldom as possible: servers
 * lock accounts. One per pool; not thread-safe.
 */
final class LoginMemory {

  /** Mechanisms by which the same credentials are tried, before they count as wrong. */
  private static final int TRIES_MAX = 2;

  private final Workarounds workarounds;
  private final Map<SaslMechanism, Denial> denials = new LinkedHashMap<>(); // oldest first

  private record Denial(Credentials credentials, String reply) {}

  LoginMemory(Workarounds workarounds) {
    this.workarounds = workarounds;
  }

  /** The mechanisms to try, best first; only one if these credentials seem to be wrong. */
  List<SaslMechanism> candidates(List<SaslMechanism> fitting, Credentials credentials) {
    denials.values().removeIf(denial -> !denial.credentials().equals(credentials));
    List<SaslMechanism> usable =
        fitting.stream().filter(mechanism -> !workarounds.avoids(name(mechanism))).toList();
    List<SaslMechanism> known = usable.isEmpty() ? fitting : usable;
    List<SaslMechanism> denied = denials.keySet().stream().filter(known::contains).toList();
    List<SaslMechanism> ordered = new ArrayList<>(known);
    ordered.removeAll(denied);
    if (ordered.isEmpty() || denied.size() >= TRIES_MAX) {
      return denied.stream().limit(1).toList();
    }
    ordered.addAll(denied);
    return ordered;
  }

  /** The server does not take this mechanism, whatever the credentials. */
  void refused(SaslMechanism mechanism, Reply reply) {
    workarounds.begin(name(mechanism), reply.text());
  }

  /** The server did not accept the credentials by this mechanism. */
  void denied(SaslMechanism mechanism, Credentials credentials, Reply reply) {
    denials.remove(mechanism);
    denials.put(mechanism, new Denial(credentials, reply.text()));
  }

  /** Where the same credentials failed by another mechanism, the mechanism was the fault. */
  void succeeded(SaslMechanism mechanism, Credentials credentials) {
    denials.remove(mechanism);
    denials.forEach(
        (other, denial) -> {
          if (denial.credentials().equals(credentials)) {
            workarounds.begin(name(other), denial.reply());
          }
        });
    denials.clear();
  }

  private static String name(SaslMechanism mechanism) {
    return "AUTH " + mechanism.keyword();
  }
}
