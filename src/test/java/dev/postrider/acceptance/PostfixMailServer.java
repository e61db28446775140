package dev.postrider.acceptance;

import dev.postrider.support.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Postfix's {@code smtp-sink}. It writes each mail to a file of its own. */
final class PostfixMailServer implements TestMailServer {

  /** As root it wants another user. */
  private static final String NOBODY = "nobody";

  private static final Pattern RECIPIENT = Pattern.compile("(?m)^X-Rcpt-Args: <([^>]*)>");
  private static final int START_POLLS_MAX = 250;
  private static final int POLL_MILLIS = 20;
  private static final int BACKLOG = 256;

  private final Path mails;
  private final int port;
  private final Process process;

  private PostfixMailServer(Path mails, int port, Process process) {
    this.mails = mails;
    this.port = port;
    this.process = process;
  }

  static PostfixMailServer open(Path parent) {
    try {
      Path directory = Files.createTempDirectory(parent, "smtp-sink");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
      int port = freePort();
      List<String> arguments = new ArrayList<>(List.of("-d", "mails/m."));
      if (System.getProperty("user.name").equals("root")) {
        arguments.addAll(List.of("-u", NOBODY));
      }
      arguments.addAll(List.of("127.0.0.1:" + port, Integer.toString(BACKLOG)));
      Program program = Program.needed("smtp-sink", directory);
      Process process = program.start(arguments.toArray(String[]::new));
      awaitGreeting(process, port, program);
      return new PostfixMailServer(directory.resolve("mails"), port, process);
    } catch (IOException e) {
      throw new UncheckedIOException("smtp-sink could not be started.", e);
    }
  }

  @Override
  public String name() {
    return "Postfix's smtp-sink";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<String> recipients() {
    try (Stream<Path> files = Files.list(mails)) {
      return files.flatMap(PostfixMailServer::recipientsOf).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The mails cannot be read.", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static Stream<String> recipientsOf(Path mail) {
    try {
      Matcher matcher = RECIPIENT.matcher(Files.readString(mail, StandardCharsets.ISO_8859_1));
      return matcher.results().map(result -> result.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException("A mail cannot be read.", e);
    }
  }

  private static void awaitGreeting(Process process, int port, Program program) {
    try {
      for (int poll = 0; poll < START_POLLS_MAX; poll++) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
        if (greets(port)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    throw new IllegalStateException("smtp-sink does not answer: " + program.printed());
  }

  private static boolean greets(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      socket.setSoTimeout(1_000);
      return socket.getInputStream().read() == '2';
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
