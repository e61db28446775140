package dev.postrider.doctor;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Checks the DNS records of a sender domain: MX, SPF (RFC 7208) and DMARC (RFC 7489). If DNS does
 * not answer, the diagnosis says only that.
 */
final class DomainCheck implements Check {

  private static final Duration DNS_TIMEOUT = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final String domain;

  DomainCheck(Vertx vertx, String domain) {
    this.vertx = vertx;
    this.domain = domain;
  }

  @Override
  public String subject() {
    return "domain " + domain;
  }

  /** The DNS client is created here, on the context on which it completes its futures. */
  @Override
  @CheckReturnValue
  public Uni<List<Diagnosis>> run() {
    return Uni.createFrom().completionStage(() -> query().toCompletionStage());
  }

  private Future<List<Diagnosis>> query() {
    DnsClient dns =
        vertx.createDnsClient(new DnsClientOptions().setQueryTimeout(DNS_TIMEOUT.toMillis()));
    Future<Diagnosis> mx =
        diagnose(
            "MX", dns.resolveMX(domain).map(all -> !all.isEmpty()), "an MX record for replies");
    Future<Diagnosis> spf =
        diagnose(
            "SPF", record(dns, domain, "v=spf1"), "a TXT record v=spf1 that names your server");
    Future<Diagnosis> dmarc =
        diagnose("DMARC", record(dns, "_dmarc." + domain, "v=dmarc1"), "a TXT record at _dmarc");
    return Future.all(mx, spf, dmarc)
        .map(all -> List.of(mx.result(), spf.result(), dmarc.result()));
  }

  private static Future<Boolean> record(DnsClient dns, String name, String beginning) {
    return dns.resolveTXT(name).map(texts -> texts.stream().anyMatch(beginsWith(beginning)));
  }

  private static Predicate<String> beginsWith(String beginning) {
    return text -> text.toLowerCase(Locale.ROOT).startsWith(beginning);
  }

  private Future<Diagnosis> diagnose(String what, Future<Boolean> present, String missing) {
    return present
        .map(there -> presence(what, there, missing))
        .otherwise(cause -> absent(cause) ? presence(what, false, missing) : noAnswer(what, cause));
  }

  /** Only these two codes mean that the record is absent; a time-out says nothing about it. */
  private static boolean absent(Throwable cause) {
    return cause instanceof DnsException answer
        && (answer.code() == DnsResponseCode.NXDOMAIN || answer.code() == DnsResponseCode.NOERROR);
  }

  private Diagnosis presence(String what, boolean there, String missing) {
    return there
        ? Diagnosis.ok(subject() + " " + what, "present")
        : Diagnosis.warn(
            subject() + " " + what,
            "absent, according to the DNS of this machine",
            "Publish %s; otherwise receivers may refuse mail.".formatted(missing));
  }

  private Diagnosis noAnswer(String what, Throwable cause) {
    return Diagnosis.warn(
        subject() + " " + what,
        "DNS does not answer: " + cause.getMessage(),
        "Run the doctor on a machine that can reach DNS.");
  }
}
