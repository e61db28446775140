package dev.postrider.support;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client made of nothing but a socket: what a test writes goes out as it is. */
public final class PlainSocket implements AutoCloseable {

  private static final Duration WAIT_MAX = Duration.ofSeconds(10);

  private final Socket socket;
  private final InputStream in;

  /** Talks over a socket that is connected already, such as one with TLS. */
  public PlainSocket(Socket socket) {
    this.socket = socket;
    try {
      socket.setSoTimeout((int) WAIT_MAX.toMillis());
      this.in = new BufferedInputStream(socket.getInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects to a port of 127.0.0.1. */
  public static PlainSocket connect(int port) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress("127.0.0.1", port), (int) WAIT_MAX.toMillis());
      socket.setTcpNoDelay(true);
      return new PlainSocket(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Connects to an SMTP server and reads its greeting. */
  public static PlainSocket greeted(int port) {
    PlainSocket client = connect(port);
    client.reply();
    return client;
  }

  /** Writes text as UTF-8 and nothing else. */
  public PlainSocket write(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Writes a command with its CRLF and returns the reply. */
  public String ask(String command) {
    return write(command + "\r\n").reply();
  }

  /** The next reply, all its lines; they are joined by LF. */
  public String reply() {
    StringBuilder reply = new StringBuilder();
    String line = line();
    while (line.length() > 3 && line.charAt(3) == '-') {
      reply.append(line).append('\n');
      line = line();
    }
    return reply.append(line).toString();
  }

  /** The next line without its CRLF; an error if the connection ends or 10 s pass. */
  public String line() {
    StringBuilder line = new StringBuilder();
    int next = nextByte();
    while (next != '\n') {
      if (next < 0) {
        throw new AssertionError("The connection ended after: " + line);
      }
      line.append((char) next);
      next = nextByte();
    }
    return line.substring(0, line.length() - 1);
  }

  /** The next byte, or -1 at the end of the connection (FIN). */
  public int nextByte() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The socket itself, to put TLS over it or to ask for its state. */
  public Socket socket() {
    return socket;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
