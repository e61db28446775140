package dev.postrider.dev;

import io.vertx.core.Vertx;
import java.util.function.Consumer;

/** What all connections of one server share. */
record Setting(
    Vertx vertx, MailServerOptions options, Script script, Consumer<Received> inbox, Tally tally) {

  boolean keepsContent() {
    return options.keep() == MailServerOptions.Keep.CONTENT;
  }
}
