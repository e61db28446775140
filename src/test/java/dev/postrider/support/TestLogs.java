package dev.postrider.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Takes what tests print away from the console and writes it to files, one for each test class.
 * Loggers keep the stream that they met first, so it has to be in its place before any is made.
 */
final class TestLogs {

  /** Lines shown of a failed test's log. */
  private static final int LINES_MAX = 200;

  private final Path directory;
  private final PrintStream stream = new PrintStream(new Switch(), true, StandardCharsets.UTF_8);
  private PrintStream console = System.out;
  private RandomAccessFile file;
  private String name;

  TestLogs(Path directory, String run) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("No place for the logs of tests.", e);
    }
    switchTo(run);
  }

  /**
   * Puts the file in the place of the console; again, if other code has set another stream since.
   */
  void install() {
    if (System.out != stream) {
      console = System.out;
      System.setOut(stream);
      System.setErr(stream);
    }
  }

  /** Writes to another file from now on, behind what it holds already. */
  synchronized void switchTo(String next) {
    try {
      if (file != null) {
        file.close();
      }
      name = next;
      file = new RandomAccessFile(path().toFile(), "rw");
      file.seek(file.length());
    } catch (IOException e) {
      throw new UncheckedIOException("No log for " + next + ".", e);
    }
  }

  /** The end of the file so far. */
  synchronized long position() {
    try {
      return file.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints to the console. */
  void print(String text) {
    console.println(text);
  }

  /** Shows on the console a failure, and what was written to the current file since a position. */
  void show(String test, long since, Optional<Throwable> failure) {
    List<String> lines = read(since).lines().toList();
    int hidden = Math.max(0, lines.size() - LINES_MAX);
    console.println("---- log of " + test + ", all of it in " + path());
    lines.stream().skip(hidden).forEach(console::println);
    console.println("---- failure of " + test);
    failure.ifPresent(thrown -> thrown.printStackTrace(console));
  }

  private synchronized String read(long since) {
    try {
      byte[] bytes = new byte[(int) Math.min(1 << 20, file.length() - since)];
      file.seek(file.length() - bytes.length);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path path() {
    return directory.resolve(name + ".log");
  }

  private synchronized void append(byte[] bytes, int from, int length) throws IOException {
    file.seek(file.length());
    file.write(bytes, from, length);
  }

  private final class Switch extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      append(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      append(bytes, from, length);
    }
  }
}
