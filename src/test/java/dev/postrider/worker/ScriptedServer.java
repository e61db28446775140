package dev.postrider.worker;

import dev.postrider.support.smtpserver.Answer;
import dev.postrider.support.smtpserver.AnswerScript;
import dev.postrider.support.smtpserver.Command;
import dev.postrider.support.smtpserver.Dialogue;
import dev.postrider.support.smtpserver.Extension;
import dev.postrider.support.smtpserver.MailServer;
import dev.postrider.support.smtpserver.MailServerOptions;
import dev.postrider.support.smtpserver.Received;
import dev.postrider.support.smtpserver.Verb;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A mail server without CHUNKING and SMTPUTF8 whose answers each test writes itself. */
final class ScriptedServer implements AutoCloseable {

  private final List<Received> inbox = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final MailServer server;
  private volatile AnswerScript script = AnswerScript.ACCEPT_ALL;

  ScriptedServer() {
    MailServerOptions options =
        new MailServerOptions().without(Extension.CHUNKING, Extension.SMTPUTF8);
    server =
        new MailServer(
            vertx,
            options,
            (command, dialogue, usual) -> script.answer(command, dialogue, usual),
            inbox::add);
    server.start().toCompletionStage().toCompletableFuture().join();
  }

  int port() {
    return server.port();
  }

  /** From now on. */
  void answers(AnswerScript now) {
    script = now;
  }

  /** Answers so at this step of mail to or from an address, so often; then as usual. */
  void answers(Verb verb, String address, Answer answer, int times) {
    AtomicInteger happened = new AtomicInteger();
    answers(
        (command, dialogue, usual) ->
            command.verb() == verb
                    && concerns(address, command, dialogue)
                    && happened.incrementAndGet() <= times
                ? answer
                : usual);
  }

  private static boolean concerns(String address, Command command, Dialogue dialogue) {
    return command.argument().contains(address)
        || dialogue.sender().filter(address::equals).isPresent();
  }

  /** How often the server gave a mail to this recipient. */
  long mailsTo(String address) {
    return inbox.stream().filter(mail -> mail.recipients().contains(address)).count();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
