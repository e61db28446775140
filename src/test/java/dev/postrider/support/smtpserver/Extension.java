package dev.postrider.support.smtpserver;

/** The SMTP extensions the server can offer in its EHLO reply. */
public enum Extension {
  PIPELINING("PIPELINING"),
  CHUNKING("CHUNKING"),
  EIGHT_BIT_MIME("8BITMIME"),
  SMTPUTF8("SMTPUTF8"),
  SIZE("SIZE"),
  ENHANCED_STATUS_CODES("ENHANCEDSTATUSCODES"),
  /** Offered only where the server has a certificate and the connection is still in the clear. */
  STARTTLS("STARTTLS"),
  /** Offered only where the server has accounts. */
  AUTH("AUTH");

  private final String keyword;

  Extension(String keyword) {
    this.keyword = keyword;
  }

  String keyword() {
    return keyword;
  }
}
