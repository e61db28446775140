package dev.postrider.smtp;

import dev.postrider.support.ForeignPrograms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A real Postfix with its own configuration, queue and port; it delivers {@code x.test} into one
 * maildir and relays nothing. It has to be started by root, as any Postfix.
 */
final class Postfix implements AutoCloseable {

  private static final String SERVICES =
      """
      127.0.0.1:PORT inet n - n - - smtpd
      cleanup unix n - n - 0 cleanup
      qmgr unix n - n 300 1 qmgr
      rewrite unix - - n - - trivial-rewrite
      bounce unix - - n - 0 bounce
      defer unix - - n - 0 bounce
      trace unix - - n - 0 bounce
      proxymap unix - - n - - proxymap
      error unix - - n - - error
      retry unix - - n - - error
      virtual unix - n n - - virtual
      anvil unix - - n - 1 anvil
      postlog unix-dgram n - n - 1 postlogd
      """;

  private static final String SETTINGS =
      """
      compatibility_level = 3.6
      queue_directory = DIRECTORY/queue
      data_directory = DIRECTORY/data
      myhostname = mail.test
      mydestination =
      alias_maps =
      inet_interfaces = 127.0.0.1
      inet_protocols = ipv4
      virtual_mailbox_domains = x.test
      virtual_mailbox_base = DIRECTORY/mail
      virtual_mailbox_maps = static:all/
      virtual_minimum_uid = 1
      virtual_uid_maps = static:UID
      virtual_gid_maps = static:GID
      maillog_file = DIRECTORY/log
      maillog_file_prefixes = DIRECTORY
      smtpd_peername_lookup = no
      smtpd_relay_restrictions = reject_unauth_destination
      smtpd_client_connection_count_limit = 0
      """;

  private final Path directory;
  private final int port = DebianProgram.freePort();

  private Postfix(Path directory) {
    this.directory = directory;
  }

  static Postfix start() {
    try {
      Postfix postfix = new Postfix(Files.createTempDirectory("postfix"));
      postfix.configure();
      postfix.run("start");
      DebianProgram.awaitAnswer(postfix.port);
      return postfix;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** The mails delivered so far, with the lines that Postfix puts on top. */
  List<String> delivered() {
    return new Maildir(directory.resolve("mail/all")).mails();
  }

  private void configure() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String name : List.of("conf", "queue", "data", "mail")) {
      Files.createDirectory(directory.resolve(name));
    }
    var owner = directory.getFileSystem().getUserPrincipalLookupService();
    for (String name : List.of("data", "mail")) {
      Files.setOwner(directory.resolve(name), owner.lookupPrincipalByName("postfix"));
    }
    Path data = directory.resolve("data");
    String settings =
        SETTINGS
            .replace("DIRECTORY", directory.toString())
            .replace("UID", Files.getAttribute(data, "unix:uid").toString())
            .replace("GID", Files.getAttribute(data, "unix:uid").toString());
    Files.writeString(directory.resolve("conf/main.cf"), settings);
    Files.writeString(
        directory.resolve("conf/master.cf"), SERVICES.replace("PORT", Integer.toString(port)));
  }

  private void run(String verb) {
    DebianProgram.run(
        directory.resolve("output"),
        List.of(
            ForeignPrograms.needed("postfix").toString(),
            "-c",
            directory.resolve("conf").toString(),
            verb));
  }

  @Override
  public void close() {
    run("stop");
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted((a, b) -> b.compareTo(a)).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
