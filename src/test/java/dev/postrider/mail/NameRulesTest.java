package dev.postrider.mail;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NameRulesTest {

  @Test
  void a_queue_has_1_to_63_lower_case_characters() {
    assertTrue(NameRules.isQueue("default"));
    assertTrue(NameRules.isQueue("0" + ".".repeat(62)));
    assertFalse(NameRules.isQueue("0" + ".".repeat(63)));
    assertFalse(NameRules.isQueue(""));
    assertFalse(NameRules.isQueue("-q"));
    assertFalse(NameRules.isQueue("Q"));
    assertFalse(NameRules.isQueue("q}"));
    assertFalse(NameRules.isQueue("q\n"));
  }

  @Test
  void a_mail_id_has_1_to_128_characters() {
    assertTrue(NameRules.isMailId("A.b_c:9-"));
    assertTrue(NameRules.isMailId("x".repeat(128)));
    assertFalse(NameRules.isMailId("x".repeat(129)));
    assertFalse(NameRules.isMailId(""));
    assertFalse(NameRules.isMailId("a/b"));
    assertFalse(NameRules.isMailId("a#b"));
  }

  @Test
  void a_topic_may_have_slashes_and_at_signs() {
    assertTrue(NameRules.isTopic("mail/ana@example.test"));
    assertFalse(NameRules.isTopic("a b"));
    assertFalse(NameRules.isTopic("x".repeat(129)));
  }

  @Test
  void an_entry_id_is_two_numbers() {
    assertTrue(NameRules.isEntryId("1700000000000-0"));
    assertTrue(NameRules.isEntryId("1700000000000000000-0"));
    assertTrue(NameRules.isEntryId("18446744073709551615-18446744073709551615"));
    assertFalse(NameRules.isEntryId("19446744073709551615-0"));
    assertFalse(NameRules.isEntryId("1700000000000"));
    assertFalse(NameRules.isEntryId("-1"));
    assertFalse(NameRules.isEntryId("1-x"));
  }
}
