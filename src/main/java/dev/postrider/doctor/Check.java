package dev.postrider.doctor;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Checks one part of an installation. */
interface Check {

  /** The part, for the diagnosis of a check that failed. */
  String subject();

  /** The diagnoses; a failure becomes a diagnosis too. */
  @CheckReturnValue
  Uni<List<Diagnosis>> run();
}
