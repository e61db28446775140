package dev.postrider.smtp;

/**
 * What a pool remembers of its server from one connection to the next.
 *
 * @param workarounds what is not used for a while
 * @param trial whether the extensions that it offers work
 * @param logins which login mechanisms work
 * @param reuse whether its connections can be used again
 */
record ServerMemory(
    Workarounds workarounds, ExtensionTrial trial, LoginMemory logins, ReuseTrust reuse) {

  /** Nothing else is known yet. */
  static ServerMemory of(Workarounds workarounds) {
    return new ServerMemory(
        workarounds,
        new ExtensionTrial(workarounds),
        new LoginMemory(workarounds),
        new ReuseTrust());
  }
}
