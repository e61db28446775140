package dev.postrider.mail.json;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one mailbox or an array of them.
 *
 * @param remaining most addresses to read here
 * @param max the limit for the error message; other keys may have used a part of it
 * @param parser of one mailbox
 */
record AddressReader(int remaining, int max, ValueParser<Address> parser) {

  List<Address> read(JsonCursor jsonCursor) throws InvalidMail {
    return jsonCursor.atArray() ? readArray(jsonCursor) : List.of(readOne(jsonCursor, 0));
  }

  private List<Address> readArray(JsonCursor jsonCursor) throws InvalidMail {
    List<Address> addresses = new ArrayList<>();
    jsonCursor.enterArray();
    while (jsonCursor.nextElement()) {
      addresses.add(readOne(jsonCursor, addresses.size()));
    }
    return addresses;
  }

  private Address readOne(JsonCursor jsonCursor, int before) throws InvalidMail {
    if (before >= remaining) {
      throw jsonCursor.invalid("too many addresses: at most " + max + " in all, so split the mail");
    }
    return jsonCursor.foldedLine(parser);
  }
}
