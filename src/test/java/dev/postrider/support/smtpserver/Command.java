package dev.postrider.support.smtpserver;

/**
 * One command as it came in.
 *
 * @param verb its name
 * @param argument the rest of the line after the first space, as sent; empty if there is none
 */
public record Command(Verb verb, String argument) {

  static Command of(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? new Command(Verb.of(line), "")
        : new Command(Verb.of(line.substring(0, space)), line.substring(space + 1));
  }

  static Command of(Verb verb) {
    return new Command(verb, "");
  }
}
