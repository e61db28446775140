package dev.postrider.dev;

import java.util.Locale;

/**
 * The addresses of dev mode and some commands to paste into a shell.
 *
 * @param url base of the HTTP API, such as {@code http://localhost:8080}
 * @param redis address of Redis
 * @param redisVersion version of Redis
 * @param smtp addresses of the mail servers
 * @param queues with their weights
 * @param concurrency mails in flight at most
 */
record BannerText(
    String url, String redis, String redisVersion, String smtp, Queues queues, int concurrency) {

  /**
   * @param configured with weights
   * @param first the queue in the examples
   * @param prefix of every key
   */
  record Queues(String configured, String first, String prefix) {}

  private static final String MAIL =
      "{\"from\":\"Acme <hi@acme.test>\",\"to\":\"ana@example.test\",\"subject\":\"%s\","
          + "\"text\":\"It works.\"%s}";

  String text() {
    return """

        Postrider is up. Dev mode: no mail leaves this machine unless a server was configured.

          Inbox         %s/
          HTTP API      %s/api/v1 (described at /q/openapi)
          Redis         %s, %s
          SMTP          %s
          Queues        %s
          Concurrency   %d mails in flight

        To try, in another terminal (curl needs nothing else; redis-cli is Redis's own client):

          now           %s
          by Redis      %s
          in 10 s       %s
          bump a guard  %s
        """
        .formatted(
            url,
            url,
            redis,
            redisVersion,
            smtp,
            queues.configured(),
            concurrency,
            post(MAIL.formatted("Hello", "")),
            xadd(),
            post(MAIL.formatted("Later", ",\"scheduled_at\":\"'$(" + inTenSeconds() + ")'\"")),
            "curl -s -X POST " + url + "/api/v1/guards/offer:123");
  }

  private String post(String json) {
    return "curl -s -H Content-Type:application/json -d '" + json + "' " + url + "/api/v1/mails";
  }

  private String xadd() {
    return "redis-cli -u redis://%s XADD '%s:{%s}:ready' '*' mail '%s'"
        .formatted(redis, queues.prefix(), queues.first(), MAIL.formatted("Hello again", ""));
  }

  /** The options of GNU date and BSD date differ. */
  private static String inTenSeconds() {
    boolean bsd = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    return "date -u " + (bsd ? "-v+10S" : "-d +10sec") + " +%FT%TZ";
  }
}
