package dev.postrider.event;

import dev.postrider.mail.Address;
import java.util.List;
import java.util.Locale;

/**
 * Who keeps the recipient's mailbox, as far as its domain tells: a short, closed list, for a label
 * with a value for each domain would have no bound.
 */
public enum MailboxProvider {
  GMAIL("gmail.com", "googlemail.com"),
  OUTLOOK("outlook.com", "hotmail.com", "live.com", "msn.com", "hotmail.co.uk", "hotmail.fr"),
  YAHOO("yahoo.com", "ymail.com", "aol.com", "yahoo.co.uk", "yahoo.co.jp", "yahoo.fr"),
  OTHER;

  private static final List<MailboxProvider> ALL = List.of(values());

  private final String[] domains;
  private final String label = name().toLowerCase(Locale.ROOT);

  MailboxProvider(String... domains) {
    this.domains = domains;
  }

  /** The value of the label. */
  public String label() {
    return label;
  }

  /** Compares in place: it is asked for each mail, and the domain is no string of its own. */
  public static MailboxProvider of(Address recipient) {
    String address = recipient.address();
    int at = address.lastIndexOf('@');
    for (int i = 0; i < ALL.size(); i++) {
      if (ALL.get(i).hasDomain(address, at + 1)) {
        return ALL.get(i);
      }
    }
    return OTHER;
  }

  private boolean hasDomain(String address, int from) {
    int length = address.length() - from;
    for (String domain : domains) {
      if (domain.length() == length && address.regionMatches(true, from, domain, 0, length)) {
        return true;
      }
    }
    return false;
  }
}
