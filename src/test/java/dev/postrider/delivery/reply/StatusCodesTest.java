package dev.postrider.delivery.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatusCodesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          550 | 5.1.1 No such user                         | 5.1.1
          550 | cuda_nsu 5.1.1 <x>... User unknown         | 5.1.1
          550 | Invalid recipient <x> (#5.1.1)             | 5.1.1
          452 | #4.5.3 Too many recipients.                | 4.5.3
          452 | 4-5-3 Too many recipients                  | 4.5.3
          553 | Mail from 10.0.0.1 not allowed - 5.7.1 [B] | 5.7.1
          550 | 5.7.606 Access denied                      | 5.7.606
          550 | 05.1.1 no code                             | ''
          550 | 5.1.1111 no code                           | ''
          550 | 5.1 no code                                | ''
          550 | 5.1.1.1 an address                         | ''
          550 | client 15.1.1 is version 5.4.3.2           | ''
          550 | x5.1.1 inside a word                       | ''
          550 | 4.2.1 contradicts the reply                | ''
          550 | 4.2.1 contradicts, 5.2.1 does not          | 5.2.1
          450 | 5.1.1 contradicts the reply                | ''
          550 | ticket 5-1-1-7                             | ''
          550 | 5.01.001 leading zeros                     | 5.1.1
          550 | 5.1.1                                      | 5.1.1
          550 | 5.1.1.                                     | 5.1.1
          """)
  void finds_the_code_wherever_it_stands(int reply, String text, String code) {
    assertEquals(code, StatusCodes.find(reply, text));
  }
}
