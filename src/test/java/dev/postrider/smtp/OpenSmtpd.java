package dev.postrider.smtp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postrider.support.ForeignPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real OpenSMTPD that delivers {@code x.test} into one maildir and refuses the rest. Debian's
 * package excludes Postfix, so it is unpacked, not installed, and runs among mounts of its own: the
 * machine's users, spool and sockets are neither seen nor changed.
 */
final class OpenSmtpd implements AutoCloseable {

  private static final Path PACKAGES = Path.of("target", "opensmtpd").toAbsolutePath();

  private static final String UNPACK =
      """
      set -e
      mkdir -p PACKAGES && cd PACKAGES
      ls opensmtpd_*.deb libevent-*.deb || apt-get download opensmtpd libevent-2.1-7
      for package in *.deb; do dpkg-deb -x "$package" DIRECTORY/program; done
      """;

  /** With -d it serves, with -n it ends once the settings were read. */
  private static final String RUN =
      """
      set -e
      cd DIRECTORY && chown 903:903 mail
      mount --bind program/usr/libexec /usr/libexec
      for hidden in /run /var/lib /var/spool; do mount -t tmpfs tmpfs $hidden; done
      mkdir -p /var/lib/opensmtpd/empty
      mkdir -m 711 /var/spool/smtpd
      mount --bind etc /etc
      export LD_LIBRARY_PATH=$(echo DIRECTORY/program/usr/lib/*-linux-gnu)
      exec DIRECTORY/program/usr/sbin/smtpd "$@"
      """;

  private static final String USERS =
      """
      root:x:0:0::/:/bin/sh
      opensmtpd:x:901:901::/var/lib/opensmtpd/empty:/bin/false
      opensmtpq:x:902:902::/var/lib/opensmtpd/empty:/bin/false
      catch:x:903:903::DIRECTORY/mail:/bin/sh
      """;

  private static final String SETTINGS =
      """
      listen on 127.0.0.1 port PORT hostname mail.test
      action "keep" maildir "DIRECTORY/mail/all" virtual { "@" = catch }
      match from any for domain "x.test" action "keep"
      """;

  private final Path directory;
  private final int port = DebianProgram.freePort();
  private DebianProgram debianProgram;

  private OpenSmtpd(Path directory) {
    this.directory = directory;
  }

  /** Empty where it cannot be fetched or may not run. */
  static Optional<OpenSmtpd> start() {
    ForeignPrograms.need("unshare", "apt-get", "dpkg-deb");
    assumeTrue(DebianProgram.root(), "OpenSMTPD has to be started by root");
    try {
      OpenSmtpd server = new OpenSmtpd(Files.createTempDirectory("opensmtpd"));
      server.configure();
      return server.launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** The mails delivered so far, with the lines that OpenSMTPD puts on top. */
  List<String> delivered() {
    return new Maildir(directory.resolve("mail/all")).mails();
  }

  private void configure() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectory(directory.resolve("mail"));
    Files.createDirectory(directory.resolve("etc"));
    write("unpack", UNPACK);
    write("run", RUN);
    write("etc/passwd", USERS);
    write("etc/group", "opensmtpd:x:901:\nopensmtpq:x:902:\n");
    write("etc/hosts", "127.0.0.1 localhost\n");
    write("etc/mailname", "mail.test\n");
    write("etc/smtpd.conf", SETTINGS);
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(
        directory.resolve(name),
        text.replace("DIRECTORY", directory.toString())
            .replace("PACKAGES", PACKAGES.toString())
            .replace("PORT", Integer.toString(port)));
  }

  private Optional<OpenSmtpd> launch() {
    Path output = directory.resolve("output");
    try {
      DebianProgram.run(output, List.of("bash", directory.resolve("unpack").toString()));
      DebianProgram.run(output, command("-n"));
    } catch (IllegalStateException e) {
      close();
      return Optional.empty();
    }
    debianProgram = DebianProgram.start(output, command("-d"));
    try {
      debianProgram.awaitPort(port);
      return Optional.of(this);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** With process numbers of its own, so that none of its processes outlives the first. */
  private List<String> command(String option) {
    String run = directory.resolve("run").toString();
    return List.of("unshare", "--mount", "--pid", "--fork", "--kill-child", "bash", run, option);
  }

  @Override
  public void close() {
    if (debianProgram != null) {
      debianProgram.close();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
