package dev.postrider.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransportFactoryTest {

  /** The promise is one of the process, the pools are those of its event loops. */
  @ParameterizedTest
  @CsvSource({
    "64, 32, 64, 32",
    "10, 32, 64, 5",
    "10, 22, 64, 3",
    "200, 32, 64, 100",
    "1, 32, 64, 1",
    "2147483647, 5000, 10000, 1073741823"
  })
  void event_loops_share_the_connections_of_a_route(
      int connections, int inFlight, int concurrency, int expected) {
    assertEquals(expected, TransportFactory.share(connections, inFlight, concurrency));
  }
}
