package dev.postrider.mime;

import java.net.IDN;

/** Domains as every server understands them: A-labels (RFC 5890 §2.3.2.1). */
final class Domains {

  private Domains() {}

  static String ascii(String domain) {
    return Characters.isAscii(domain) ? domain : IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
  }
}
