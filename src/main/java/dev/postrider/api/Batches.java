package dev.postrider.api;

import dev.postrider.api.problem.Outage;
import dev.postrider.api.problem.Refusal;
import dev.postrider.api.reply.BatchVerdict;
import dev.postrider.queue.Acceptance;
import dev.postrider.queue.Enqueuer;
import dev.postrider.queue.Lots;
import dev.postrider.queue.Submission;
import dev.postrider.redis.RedisDown;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Takes many mails of one request: each is judged by itself, those taken keep their order. */
@Singleton
final class Batches {

  private final Inspector inspector;
  private final Enqueuer enqueuer;
  private final BatchReader reader = new BatchReader();

  Batches(Inspector inspector, Enqueuer enqueuer) {
    this.inspector = inspector;
    this.enqueuer = enqueuer;
  }

  /** One verdict for each mail, in order; fails only if the request as a whole cannot be read. */
  @CheckReturnValue
  Uni<List<BatchVerdict>> submit(String queue, byte[] body) {
    return Pace.run(body.length, () -> inspect(body)).chain(seen -> enqueue(queue, seen));
  }

  private List<Inspected> inspect(byte[] body) {
    return reader.read(body).stream().map(this::inspectOne).toList();
  }

  private Inspected inspectOne(byte[] json) {
    try {
      return new Inspected(Optional.of(inspector.inspect(json, Optional.empty())), null);
    } catch (Refusal refusal) {
      return new Inspected(Optional.empty(), BatchVerdict.refused(refusal.problem()));
    }
  }

  private Uni<List<BatchVerdict>> enqueue(String queue, List<Inspected> seen) {
    List<Submission> sound = seen.stream().flatMap(one -> one.mail().stream()).toList();
    return Multi.createFrom()
        .iterable(Lots.of(sound))
        .onItem()
        .transformToUniAndConcatenate(lot -> enqueueLot(queue, lot))
        .onItem()
        .<BatchVerdict>disjoint()
        .collect()
        .asList()
        .map(verdicts -> merge(seen, verdicts));
  }

  /** A lot that fails does not take back the lots before it. */
  private Uni<List<BatchVerdict>> enqueueLot(String queue, List<Submission> lot) {
    return enqueuer
        .enqueue(queue, lot)
        .map(answers -> verdicts(queue, answers))
        .onFailure(RedisDown::mayPass)
        .recoverWithItem(() -> unavailable(lot.size()));
  }

  private static List<BatchVerdict> verdicts(String queue, List<Acceptance> answers) {
    return answers.stream().map(answer -> verdict(queue, answer)).toList();
  }

  private static BatchVerdict verdict(String queue, Acceptance acceptance) {
    return acceptance.answer() == Acceptance.Answer.FULL
        ? BatchVerdict.refused(Submissions.full(queue).problem())
        : BatchVerdict.accepted(acceptance.id(), queue);
  }

  private static List<BatchVerdict> unavailable(int mails) {
    return Collections.nCopies(mails, BatchVerdict.refused(Outage.refusal().problem()));
  }

  private static List<BatchVerdict> merge(List<Inspected> seen, List<BatchVerdict> verdicts) {
    List<BatchVerdict> merged = new ArrayList<>(seen.size());
    int next = 0;
    for (Inspected one : seen) {
      merged.add(one.mail().isPresent() ? verdicts.get(next++) : one.refused());
    }
    return merged;
  }

  /** A mail of the batch: either sound, or refused. */
  private record Inspected(Optional<Submission> mail, BatchVerdict refused) {}
}
