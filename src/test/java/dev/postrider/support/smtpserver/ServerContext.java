package dev.postrider.support.smtpserver;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** What all connections of one server share. */
record ServerContext(
    Vertx vertx,
    MailServerOptions options,
    AnswerScript answerScript,
    Consumer<Received> inbox,
    ServerCounters serverCounters) {

  boolean keepsContent() {
    return options.keep() == MailServerOptions.Keep.CONTENT;
  }
}
