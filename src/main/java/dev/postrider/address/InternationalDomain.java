package dev.postrider.address;

import com.ibm.icu.text.IDNA;
import java.util.EnumSet;
import java.util.Set;

/**
 * Converts the name of a domain to ASCII by IDNA 2008, as UTS #46 processes it without transitional
 * mappings. Its tables are read when the first such name is met.
 */
final class InternationalDomain {

  private static final IDNA UTS46 =
      IDNA.getUTS46Instance(
          IDNA.USE_STD3_RULES
              | IDNA.CHECK_BIDI
              | IDNA.CHECK_CONTEXTJ
              | IDNA.NONTRANSITIONAL_TO_ASCII);

  /** {@code r3---a} is in use: UTS #46 makes this check optional. */
  private static final Set<IDNA.Error> ACCEPTED = EnumSet.of(IDNA.Error.HYPHEN_3_4);

  private InternationalDomain() {}

  /** The ASCII form; A-labels in it are checked. */
  static String toAscii(String name) throws MalformedAddress {
    StringBuilder ascii = new StringBuilder(name.length() + 16);
    IDNA.Info result = new IDNA.Info();
    UTS46.nameToASCII(name, ascii, result);
    Set<IDNA.Error> errors = EnumSet.noneOf(IDNA.Error.class);
    errors.addAll(result.getErrors());
    errors.removeAll(ACCEPTED);
    if (!errors.isEmpty()) {
      throw new MalformedAddress(fault(errors));
    }
    return ascii.toString();
  }

  private static String fault(Set<IDNA.Error> errors) {
    if (errors.contains(IDNA.Error.LABEL_TOO_LONG)) {
      return "a label of the domain is too long: at most 63 characters in its ASCII form (xn--)";
    }
    if (errors.contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)) {
      return "the domain is too long: at most 255 bytes in its ASCII form (xn--)";
    }
    if (errors.contains(IDNA.Error.PUNYCODE) || errors.contains(IDNA.Error.INVALID_ACE_LABEL)) {
      return "the domain has an invalid xn-- label: write it in its own script";
    }
    return "the domain is malformed: a character in it is not allowed by IDNA 2008 (UTS #46)";
  }
}
