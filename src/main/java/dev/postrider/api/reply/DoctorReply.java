package dev.postrider.api.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.postrider.doctor.Diagnosis;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All diagnoses of the doctor. */
@Schema(description = "All diagnoses of the doctor")
public record DoctorReply(
    @Schema(description = "False if any finding is FAIL") boolean healthy,
    List<DiagnosisReply> findings) {

  /** Converts the diagnoses to JSON. */
  public static DoctorReply of(List<Diagnosis> diagnoses) {
    return new DoctorReply(
        diagnoses.stream().noneMatch(diagnosis -> diagnosis.grade() == Diagnosis.Grade.FAIL),
        diagnoses.stream().map(DiagnosisReply::of).toList());
  }

  /** The result of one check. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(description = "The result of one check")
  public record DiagnosisReply(
      @Schema(enumeration = {"OK", "WARN", "FAIL"}) String grade,
      @Schema(examples = "redis eviction") String subject,
      @Schema(examples = "noeviction") String detail,
      @Schema(nullable = true, description = "What to do; absent if the grade is OK")
          String advice) {

    static DiagnosisReply of(Diagnosis diagnosis) {
      return new DiagnosisReply(
          diagnosis.grade().name(),
          diagnosis.subject(),
          diagnosis.detail(),
          diagnosis.advice().isEmpty() ? null : diagnosis.advice());
    }
  }
}
