package dev.postrider.worker.fetch;

import dev.postrider.delivery.Routes;
import dev.postrider.mail.MailLimits;
import dev.postrider.mail.json.MailCodec;

/** A decoder with the usual limits. */
public final class TestDecoder {

  private TestDecoder() {}

  /** Knows these routes. */
  public static Decoder of(Routes routes) {
    return new Decoder(new MailCodec(MailLimits.STANDARD), routes);
  }
}
