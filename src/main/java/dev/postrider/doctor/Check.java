package dev.postrider.doctor;

import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Looks at one part of an installation. */
interface Check {

  /** What it looks at, in case it cannot be looked at. */
  String subject();

  /** What was found; may fail, which is a finding of its own. */
  @CheckReturnValue
  Uni<List<Diagnosis>> run();
}
