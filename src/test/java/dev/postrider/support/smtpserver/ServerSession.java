package dev.postrider.support.smtpserver;

import dev.postrider.support.smtpserver.Answer.Hangup;
import dev.postrider.support.smtpserver.Answer.Later;
import dev.postrider.support.smtpserver.Answer.Say;
import dev.postrider.support.smtpserver.Answer.Silence;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One connection: cuts the input into commands and content, asks the script, does what it answers.
 * Everything runs on the connection's event loop, one step after the other.
 */
final class ServerSession {

  /** RFC 4954 §4 asks for 12,288 in AUTH; RFC 5321 §4.5.3.1.4 for 512. */
  private static final int LINE_MAX = 16_384;

  /** What a client may send ahead while the script lets it wait. */
  private static final int HELD_MAX = 1_048_576;

  private final ServerContext serverContext;
  private final NetSocket socket;
  private final ReplyWriter replyWriter;
  private final Conversation conversation;
  private final Input input = new Input();
  private Optional<Chunk> chunk = Optional.empty();
  private boolean inData;
  private boolean waiting;
  private boolean closed;
  private long lastInput = System.nanoTime();

  ServerSession(ServerContext serverContext, NetSocket socket) {
    this.serverContext = serverContext;
    this.socket = socket;
    this.replyWriter =
        new ReplyWriter(
            serverContext.vertx().getOrCreateContext(), socket, serverContext.options().writing());
    this.conversation =
        new Conversation(serverContext.options(), serverContext.serverCounters().connected());
  }

  /** Greets the client and begins to read. */
  void open() {
    socket.handler(this::received);
    socket.closeHandler(end -> closed());
    socket.exceptionHandler(lost -> waiting = true);
    serverContext.options().idleMax().ifPresent(this::watch);
    boolean tooMany =
        serverContext.serverCounters().open() > serverContext.options().connectionsMax();
    Command connect = Command.of(Verb.CONNECT);
    decide(connect, tooMany ? busy() : conversation.usual(connect));
    replyWriter.flush();
  }

  private static Answer busy() {
    return Answer.sayAndClose("421 4.7.0 localhost Too many connections, try again later");
  }

  private void closed() {
    closed = true;
    waiting = true;
    serverContext.serverCounters().disconnected();
  }

  private void received(Buffer buffer) {
    lastInput = System.nanoTime();
    input.add(buffer.getBytes());
    read();
  }

  private void read() {
    boolean progress = true;
    while (progress && !waiting) {
      progress = inData ? readData() : chunk.map(this::readChunk).orElseGet(this::readCommand);
    }
    if (waiting && input.size() > HELD_MAX) {
      socket.pause();
    }
    replyWriter.flush();
  }

  private boolean readCommand() {
    Optional<String> line = input.line();
    if (line.isPresent()) {
      command(line.get());
    } else if (input.size() > LINE_MAX) {
      perform(Answer.sayAndClose("500 5.5.2 Line too long"), Command.of(Verb.UNKNOWN));
    }
    return line.isPresent();
  }

  private void command(String line) {
    if (!line.endsWith("\r\n") || line.indexOf('\r') < line.length() - 2) {
      boolean bareLf = !line.endsWith("\r\n");
      serverContext
          .serverCounters()
          .countViolation(bareLf ? ProtocolViolation.BARE_LF : ProtocolViolation.BARE_CR);
      perform(Answer.say("500 5.5.2 A line ends with CRLF"), Command.of(Verb.UNKNOWN));
      return;
    }
    String text = line.substring(0, line.length() - 2);
    Command command =
        conversation.authenticating() ? new Command(Verb.AUTH, text) : Command.of(text);
    if (command.verb() == Verb.BDAT) {
      beginChunk(command);
    } else {
      decide(command, conversation.usual(command));
    }
  }

  private void beginChunk(Command command) {
    chunk =
        serverContext.options().offers(Extension.CHUNKING)
            ? Chunk.of(command.argument(), conversation)
            : Optional.empty();
    if (chunk.isEmpty()) {
      perform(Answer.say("501 5.5.4 Syntax: BDAT size [LAST]"), Command.of(Verb.UNKNOWN));
    }
  }

  private boolean readChunk(Chunk open) {
    int taken = open.read(input);
    if (taken > 0) {
      contentCame();
    }
    if (waiting || !open.complete()) {
      return false;
    }
    chunk = Optional.empty();
    finish(Command.of(open.last() ? Verb.DOT : Verb.BDAT));
    return true;
  }

  private boolean readData() {
    MessageContent messageContent = conversation.transaction().orElseThrow().content();
    if (input.feed(messageContent, Long.MAX_VALUE) > 0) {
      contentCame();
    }
    if (waiting || !messageContent.ended()) {
      return false;
    }
    inData = false;
    finish(Command.of(Verb.DOT));
    return true;
  }

  private void contentCame() {
    if (conversation.contentSize() > serverContext.options().sizeMax()) {
      conversation.transaction().ifPresent(open -> open.content().forget());
    }
    decide(Command.of(Verb.BODY), Answer.nothing());
  }

  private void finish(Command command) {
    decide(command, conversation.usual(command));
  }

  private void decide(Command command, Answer usual) {
    Answer answer = serverContext.answerScript().answer(command, conversation, usual);
    if (command.verb() == Verb.DOT) {
      conversation.transaction().ifPresent(ended -> take(ended, answer.accepts()));
    }
    conversation.settle(command, answer);
    perform(answer, command);
  }

  /** Hands the mail over before a reply can leave: whatever is lost later, it was taken. */
  private void take(MailTransaction ended, boolean accepted) {
    ended.content().violations().stream()
        .filter(
            protocolViolation ->
                protocolViolation != ProtocolViolation.EIGHT_BIT || !ended.mayBeEightBit())
        .forEach(serverContext.serverCounters()::countViolation);
    if (!accepted) {
      return;
    }
    serverContext.serverCounters().countMail(ended.content().size());
    if (serverContext.options().keep() != MailServerOptions.Keep.COUNT) {
      serverContext.inbox().accept(received(ended));
    }
  }

  private Received received(MailTransaction ended) {
    byte[] wire = ended.content().wire();
    byte[] message = ended.chunked() ? wire : MessageContent.unstuffed(wire);
    Received.Link link =
        new Received.Link(
            conversation.connection(),
            ended.chunked(),
            conversation.tls(),
            conversation.authenticatedAs());
    return new Received(ended.envelope(), message, wire, Instant.now(), link);
  }

  private void perform(Answer answer, Command command) {
    if (answer instanceof Say say) {
      replyWriter.add(say.text());
      said(say, command);
    } else if (answer instanceof Later later) {
      waiting = true;
      long millis = Math.max(1, later.delay().toMillis());
      serverContext.vertx().setTimer(millis, timer -> goOn(later.then(), command));
    } else if (answer instanceof Silence) {
      waiting = true;
    } else if (answer instanceof Hangup hangup) {
      hangUp(hangup.reset());
    }
  }

  private void goOn(Answer answer, Command command) {
    if (closed) {
      return;
    }
    waiting = false;
    perform(answer, command);
    socket.resume();
    read();
  }

  private void said(Say say, Command command) {
    switch (say.then()) {
      case CLOSE -> hangUp(false);
      case SILENCE -> waiting = true;
      case GO_ON -> follow(say, command);
    }
  }

  private void follow(Say say, Command command) {
    boolean ahead = !input.isEmpty();
    switch (command.verb()) {
      case DATA -> inData = say.code() == 354;
      case STARTTLS -> startTls(say.accepts());
      default ->
          countIf(
              ahead && !serverContext.options().offers(Extension.PIPELINING),
              ProtocolViolation.UNINVITED_PIPELINING);
    }
    countIf(inData && ahead && command.verb() == Verb.DATA, ProtocolViolation.EARLY_CONTENT);
  }

  private void countIf(boolean seen, ProtocolViolation protocolViolation) {
    if (seen) {
      serverContext.serverCounters().countViolation(protocolViolation);
    }
  }

  private void startTls(boolean go) {
    if (!go) {
      return;
    }
    countIf(!input.isEmpty(), ProtocolViolation.PLAINTEXT_AFTER_STARTTLS);
    input.clear();
    waiting = true;
    replyWriter.flush();
    socket.upgradeToSsl().onSuccess(done -> encrypted());
  }

  private void encrypted() {
    conversation.encrypted();
    waiting = false;
    read();
  }

  private void hangUp(boolean reset) {
    waiting = true;
    if (reset) {
      replyWriter.reset();
    } else {
      replyWriter.close();
    }
  }

  private void watch(Duration idleMax) {
    if (closed) {
      return;
    }
    long left = idleMax.toNanos() - (waiting ? 0 : System.nanoTime() - lastInput);
    if (left <= 0) {
      perform(Answer.sayAndClose("421 4.4.2 localhost Idle for too long"), Command.of(Verb.QUIT));
    } else {
      serverContext.vertx().setTimer(left / 1_000_000 + 1, timer -> watch(idleMax));
    }
  }
}
