package dev.postrider.bench.sender;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A sender in a JVM of its own, which stays up from round to round. */
final class JvmContender implements Contender {

  private static final int SECONDS_TO_LEAVE = 10;

  private final Process process;
  private final BufferedReader answers;
  private final PrintStream orders;

  JvmContender(Class<?> program, String... arguments) throws IOException {
    process = Child.start(program, arguments);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
  }

  @Override
  public Round round(int mails) throws IOException {
    orders.println(mails);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IllegalStateException("The sender has ended; its last words are above.");
    }
    return Round.parse(answer);
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(SECONDS_TO_LEAVE, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
