package dev.postrider.redis.connection;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A redirection to another server of the cluster: {@code MOVED 3999 127.0.0.1:6381}.
 *
 * @param slot of the command's keys
 * @param owner {@code host:port} of the server to ask
 */
record Redirection(int slot, String owner) {

  private static final Pattern FORM =
      Pattern.compile("(?:MOVED|ASK) ([0-9]{1,5}) ([^ ]*):([0-9]{1,5})(?: .*)?", Pattern.DOTALL);

  /**
   * Empty if the reply has another form.
   *
   * @param asked the server that sent it
   */
  static Optional<Redirection> parse(Throwable reply, String asked) {
    return Optional.ofNullable(reply.getMessage())
        .map(FORM::matcher)
        .filter(Matcher::matches)
        .filter(form -> Integer.parseInt(form.group(1)) < SlotTable.SLOTS)
        .map(form -> of(form, asked));
  }

  private static Redirection of(Matcher form, String asked) {
    String owner = SlotTable.address(form.group(2), Integer.parseInt(form.group(3)), asked);
    return new Redirection(Integer.parseInt(form.group(1)), owner);
  }
}
