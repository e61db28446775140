package dev.postrider.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Types commands as a person would, in this process. */
public final class Shell {

  private final Map<String, String> settings = new HashMap<>();
  private String input = "";

  /**
   * What a command left behind.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it complained about
   */
  public record Ended(int status, String out, String err) {

    /** What it printed, line by line. */
    public List<String> lines() {
      return out.lines().toList();
    }
  }

  /** A shell whose Redis is at an address. */
  public static Shell at(String redis) {
    return new Shell().with("quarkus.redis.hosts", redis);
  }

  public Shell with(String setting, String value) {
    settings.put(setting, value);
    return this;
  }

  /** What the next commands find at their standard input. */
  public Shell typing(String text) {
    input = text;
    return this;
  }

  public Ended run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);
    int status = new Cli(terminal, settings).execute(arguments);
    return new Ended(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
