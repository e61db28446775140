package dev.postrider.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command reads and writes. Results go to {@code out}, everything else to {@code err}.
 *
 * @param in what it reads
 * @param out where results go, in UTF-8
 * @param err where messages and progress go, in UTF-8
 * @param live whether {@code err} is a terminal: a line may be overwritten
 * @param colors whether {@code out} is a terminal and the user has not turned colours off
 */
public record Terminal(
    InputStream in, PrintStream out, PrintStream err, boolean live, boolean colors) {

  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  /**
   * That of this process; colours respect {@code NO_COLOR} (no-color.org) and {@code TERM=dumb}.
   */
  static Terminal ofProcess() {
    boolean plain = "dumb".equals(System.getenv("TERM"));
    String noColor = System.getenv("NO_COLOR");
    boolean welcome = noColor == null || noColor.isEmpty();
    return new Terminal(
        System.in,
        printer(FileDescriptor.out),
        printer(FileDescriptor.err),
        !plain && isTerminal(STDERR),
        !plain && welcome && isTerminal(STDOUT));
  }

  private static PrintStream printer(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  /** Java 17 can only say it of both streams together; used where /proc is missing. */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null;
    }
  }

  /** Writes one line of a result. */
  public void print(String line) {
    out.print(line);
    out.print('\n');
    out.flush();
  }

  /** Writes one line to the user, apart from the result. */
  public void message(String line) {
    err.print(line);
    err.print('\n');
    err.flush();
  }
}
