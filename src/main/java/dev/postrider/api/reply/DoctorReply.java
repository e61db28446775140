package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.doctor.Diagnosis;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What the doctor found. */
@Schema(description = "What the doctor found")
public record DoctorReply(
    @Schema(description = "False if any finding is FAIL") boolean healthy,
    List<DiagnosisReply> findings) {

  /** Puts the findings into words. */
  public static DoctorReply of(List<Diagnosis> diagnoses) {
    return new DoctorReply(
        diagnoses.stream().noneMatch(diagnosis -> diagnosis.grade() == Diagnosis.Grade.FAIL),
        diagnoses.stream().map(DiagnosisReply::of).toList());
  }

  /** One thing that was looked at. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "One thing that was looked at")
  public record DiagnosisReply(
      @Schema(enumeration = {"OK", "WARN", "FAIL"}) String grade,
      @Schema(examples = "redis eviction") String subject,
      @Schema(examples = "noeviction") String detail,
      @Schema(nullable = true, description = "What to do, unless all is well") String advice) {

    static DiagnosisReply of(Diagnosis diagnosis) {
      return new DiagnosisReply(
          diagnosis.grade().name(),
          diagnosis.subject(),
          diagnosis.detail(),
          diagnosis.advice().isEmpty() ? null : diagnosis.advice());
    }
  }
}
