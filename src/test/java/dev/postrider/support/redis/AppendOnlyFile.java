package dev.postrider.support.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** What a Redis server has written to disk, to be damaged as a power cut would damage it. */
public final class AppendOnlyFile {

  private static final String GROWING = ".incr.aof";

  /** The beginning of a command whose end never came. */
  private static final byte[] TORN =
      "*3\r\n$3\r\nSET\r\n$4\r\ntorn".getBytes(StandardCharsets.US_ASCII);

  private final Path file;

  private AppendOnlyFile(Path file) {
    this.file = file;
  }

  static AppendOnlyFile in(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return new AppendOnlyFile(
          files.filter(file -> file.toString().endsWith(GROWING)).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException("There is no append-only file in " + directory + ".", e);
    }
  }

  /** Its length in bytes. */
  public long length() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The append-only file cannot be read.", e);
    }
  }

  /** Forgets what stands behind this byte; the server must be down. */
  public void cut(long length) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    } catch (IOException e) {
      throw new UncheckedIOException("The append-only file could not be cut.", e);
    }
  }

  /** Adds a command that was being written when the power went; the server must be down. */
  public void tear() {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      channel.write(ByteBuffer.wrap(TORN));
    } catch (IOException e) {
      throw new UncheckedIOException("The append-only file could not be torn.", e);
    }
  }
}
