package dev.postrider.support.redis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The plainest Redis client (RESP2): one blocking connection. Replies are {@link String} (UTF-8),
 * {@link Long}, {@link List} or null. A producer needs no more than this.
 */
public final class RedisClient implements AutoCloseable {

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration REPLY_MAX = Duration.ofSeconds(30);

  /** An error reply, such as {@code NOSCRIPT No matching script}. */
  public static final class RedisError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisError(String message) {
      super(message);
    }
  }

  private final Socket socket;
  private final InputStream in;

  private RedisClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 65_536);
  }

  /** Connects to 127.0.0.1. */
  public static RedisClient connect(int port) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress("127.0.0.1", port), (int) CONNECT_MAX.toMillis());
      socket.setSoTimeout((int) REPLY_MAX.toMillis());
      socket.setTcpNoDelay(true);
      return new RedisClient(socket);
    } catch (IOException e) {
      throw new UncheckedIOException("No connection to Redis at port " + port + ".", e);
    }
  }

  /**
   * Sends one command and waits for its reply, 30 s at most.
   *
   * @param words the command and its arguments; {@code byte[]} goes as it is, all else by {@code
   *     toString} in UTF-8
   * @throws RedisError if the reply is an error
   */
  public Object command(Object... words) {
    Object reply = pipeline(List.of(Arrays.asList(words))).get(0);
    if (reply instanceof RedisError error) {
      throw error;
    }
    return reply;
  }

  /** A {@link #command} whose reply is a number. */
  public long number(Object... words) {
    return (Long) command(words);
  }

  /** Sends all commands in one write; errors are among the replies as {@link RedisError}. */
  public List<Object> pipeline(List<? extends List<?>> commands) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (List<?> command : commands) {
        write(out, command);
      }
      socket.getOutputStream().write(out.toByteArray());
      List<Object> replies = new ArrayList<>(commands.size());
      for (int i = 0; i < commands.size(); i++) {
        replies.add(read());
      }
      return replies;
    } catch (IOException e) {
      throw new UncheckedIOException("Redis did not reply; whether it acted is unknown.", e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("The connection to Redis could not be closed.", e);
    }
  }

  private static void write(ByteArrayOutputStream out, List<?> command) throws IOException {
    out.write(("*" + command.size() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    for (Object word : command) {
      byte[] bytes =
          word instanceof byte[] raw ? raw : word.toString().getBytes(StandardCharsets.UTF_8);
      out.write(("$" + bytes.length + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(bytes);
      out.write('\r');
      out.write('\n');
    }
  }

  private Object read() throws IOException {
    String line = line();
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+' -> rest;
      case '-' -> new RedisError(rest);
      case ':' -> Long.valueOf(rest);
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new IOException("Not RESP2: " + line);
    };
  }

  private String bulk(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    byte[] bytes = in.readNBytes(length + 2);
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private List<Object> array(int length) throws IOException {
    if (length < 0) {
      return null;
    }
    List<Object> items = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      items.add(read());
    }
    return items;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\r') {
      if (next < 0) {
        throw new IOException("Redis closed the connection.");
      }
      line.write(next);
      next = in.read();
    }
    in.read();
    return line.toString(StandardCharsets.UTF_8);
  }
}
