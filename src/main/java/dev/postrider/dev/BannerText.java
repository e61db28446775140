package dev.postrider.dev;

import java.util.Locale;

/**
 * What runs where, and the lines to try: fewer than twenty, each ready to be pasted into a shell.
 *
 * @param url where this program answers, such as {@code http://localhost:8080}
 * @param redis address of Redis
 * @param redisVersion what Redis says of itself
 * @param smtp where mail goes
 * @param queues with their weights
 * @param concurrency mails in flight at most
 */
record BannerText(
    String url, String redis, String redisVersion, String smtp, Queues queues, int concurrency) {

  /**
   * @param served as configured, weights included
   * @param first the queue of the examples
   * @param prefix of every key
   */
  record Queues(String served, String first, String prefix) {}

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
            queues.served(),
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

  /** GNU and BSD date do not agree on how to say it. */
  private static String inTenSeconds() {
    boolean bsd = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac");
    return "date -u " + (bsd ? "-v+10S" : "-d +10sec") + " +%FT%TZ";
  }
}
