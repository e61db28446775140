package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.doctor.Finding;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the doctor found. */
@Schema(description = "What the doctor found")
public record DoctorReply(
    @Schema(description = "False if any finding is FAIL") boolean healthy,
    List<FindingReply> findings) {

  /** Puts the findings into words. */
  public static DoctorReply of(List<Finding> findings) {
    return new DoctorReply(
        findings.stream().noneMatch(finding -> finding.grade() == Finding.Grade.FAIL),
        findings.stream().map(FindingReply::of).toList());
  }

  /** One thing that was looked at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "One thing that was looked at")
  public record FindingReply(
      @Schema(enumeration = {"OK", "WARN", "FAIL"}) String grade,
      @Schema(examples = "redis eviction") String subject,
      @Schema(examples = "noeviction") String detail,
      @Schema(nullable = true, description = "What to do, unless all is well") String advice) {

    static FindingReply of(Finding finding) {
      return new FindingReply(
          finding.grade().name(),
          finding.subject(),
          finding.detail(),
          finding.advice().isEmpty() ? null : finding.advice());
    }
  }
}
