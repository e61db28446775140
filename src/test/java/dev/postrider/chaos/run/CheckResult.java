package dev.postrider.chaos.run;

import java.util.List;
import java.util.Map;

/**
 * What the checker found.
 *
 * @param accepted mails whose XADD was acknowledged
 * @param lost accepted mails that did not end, or ended as sent though no server took them
 * @param mayBeLost so many of those accepted Redis itself may have lost
 * @param duplicates times a server took a mail it had taken before
 * @param unexplained mails sent twice without cause
 * @param bound so many duplicates the incidents explain
 * @param phantoms mails taken although never accepted, or cancelled in time
 * @param ends accepted mails by outcome
 * @param broken every broken promise in words; empty if all were kept
 */
public record CheckResult(
    int accepted,
    int lost,
    int mayBeLost,
    int duplicates,
    int unexplained,
    int bound,
    int phantoms,
    Map<String, Integer> ends,
    List<String> broken) {}
