package dev.postrider.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The inputs from which a fuzz test starts, and changes of them, the same on every run: what the
 * build tries each time. The long search is left to the fuzzer.
 */
public final class Seeds {

  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final long SEED = 5321;
  private static final int CHANGES_MAX = 4;
  private static final int PIECE_MAX = 16;

  /** What parsers of mail look for. */
  private static final List<String> TOKENS =
      List.of(
          "\r\n",
          "\n",
          "\r",
          "\0",
          " ",
          "\t",
          "-",
          ":",
          "\"",
          "\\",
          "<",
          ">",
          "@",
          "(",
          ",",
          ";",
          "=?utf-8?q?=0d=0a?=",
          "=?",
          "?=",
          "250 ",
          "ü",
          "\u2028",
          "\uD83E\uDD8A",
          "\\ud800",
          "[IPv6:::1]",
          "{",
          "}",
          "9999999999",
          "e\u0301",
          "\u200F",
          ".");

  private final List<byte[]> inputs;
  private final Random random = new Random(SEED);

  private Seeds(List<byte[]> inputs) {
    this.inputs = inputs;
  }

  /** Those of a fuzz test, from the directory beside which the fuzzer puts what it finds. */
  public static Seeds of(Class<?> test, String method) {
    String directory = test.getName().replace('.', '/') + "Inputs/" + method;
    try (Stream<Path> files = Files.list(RESOURCES.resolve(directory))) {
      return new Seeds(files.sorted().map(Seeds::read).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("No seeds in " + directory, e);
    }
  }

  /** This many of them, each changed in a few places. */
  public Stream<byte[]> changed(int count) {
    return Stream.generate(this::next).limit(count);
  }

  private byte[] next() {
    byte[] input = inputs.get(random.nextInt(inputs.size()));
    for (int changes = 1 + random.nextInt(CHANGES_MAX); changes > 0; changes--) {
      input = changed(input);
    }
    return input;
  }

  private byte[] changed(byte[] input) {
    int from = random.nextInt(input.length + 1);
    int to = Math.min(input.length, from + random.nextInt(PIECE_MAX));
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(input, 0, from);
    changed.writeBytes(piece(input));
    int rest = random.nextBoolean() ? from : to;
    changed.write(input, rest, input.length - rest);
    return changed.toByteArray();
  }

  private byte[] piece(byte[] input) {
    return switch (random.nextInt(3)) {
      case 0 -> TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8);
      case 1 -> new byte[] {(byte) random.nextInt()};
      default -> copied(input);
    };
  }

  private byte[] copied(byte[] input) {
    int at = random.nextInt(input.length + 1);
    int length = Math.min(input.length - at, random.nextInt(PIECE_MAX));
    return new String(input, StandardCharsets.ISO_8859_1)
        .substring(at, at + length)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
