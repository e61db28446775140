package dev.postrider.mail.json;

import dev.postrider.mail.Address;
import dev.postrider.mail.InvalidMail;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one mailbox or an array of them.
 *
 * @param remaining how many it may hold
 * @param max the limit that the producer is told, of which others may have used a part
 */
record AddressReader(int remaining, int max) {

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
    return jsonCursor.line(Address::parse);
  }
}
