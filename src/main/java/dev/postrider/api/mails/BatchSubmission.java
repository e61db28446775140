package dev.postrider.api.mails;

import dev.postrider.api.Offload;
import dev.postrider.api.problem.ProblemException;
import dev.postrider.api.problem.RedisUnavailableProblem;
import dev.postrider.api.reply.BatchVerdict;
import dev.postrider.queue.enqueue.EnqueueChunks;
import dev.postrider.queue.enqueue.EnqueueRequest;
import dev.postrider.queue.enqueue.EnqueueResult;
import dev.postrider.queue.enqueue.Enqueuer;
import dev.postrider.redis.RedisUnavailable;
import io.smallrye.common.annotation.CheckReturnValue;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Enqueues a batch: each mail is checked alone; accepted mails keep their order. */
@Singleton
final class BatchSubmission {

  private final MailValidator mailValidator;
  private final Enqueuer enqueuer;
  private final JsonArraySplitter reader = new JsonArraySplitter();

  BatchSubmission(MailValidator mailValidator, Enqueuer enqueuer) {
    this.mailValidator = mailValidator;
    this.enqueuer = enqueuer;
  }

  /** One verdict for each mail, in order; fails only if the whole request cannot be read. */
  @CheckReturnValue
  Uni<List<BatchVerdict>> submit(String queue, byte[] body) {
    return Offload.run(body.length, () -> check(body)).chain(checked -> enqueue(queue, checked));
  }

  private List<Checked> check(byte[] body) {
    return reader.split(body).stream().map(this::checkOne).toList();
  }

  private Checked checkOne(byte[] json) {
    try {
      return new Checked(Optional.of(mailValidator.validate(json, Optional.empty())), null);
    } catch (ProblemException problemException) {
      return new Checked(Optional.empty(), BatchVerdict.refused(problemException.problem()));
    }
  }

  private Uni<List<BatchVerdict>> enqueue(String queue, List<Checked> checked) {
    List<EnqueueRequest> valid = checked.stream().flatMap(one -> one.mail().stream()).toList();
    return Multi.createFrom()
        .iterable(EnqueueChunks.of(valid))
        .onItem()
        .transformToUniAndConcatenate(chunk -> enqueueChunk(queue, chunk))
        .onItem()
        .<BatchVerdict>disjoint()
        .collect()
        .asList()
        .map(verdicts -> merge(checked, verdicts));
  }

  /** A chunk that fails does not undo the chunks before it. */
  private Uni<List<BatchVerdict>> enqueueChunk(String queue, List<EnqueueRequest> chunk) {
    return enqueuer
        .enqueue(queue, chunk)
        .map(answers -> verdicts(queue, answers))
        .onFailure(RedisUnavailable::isTemporary)
        .recoverWithItem(() -> unavailable(chunk.size()));
  }

  private static List<BatchVerdict> verdicts(String queue, List<EnqueueResult> answers) {
    return answers.stream().map(answer -> verdict(queue, answer)).toList();
  }

  private static BatchVerdict verdict(String queue, EnqueueResult enqueueResult) {
    return enqueueResult.answer() == EnqueueResult.Answer.FULL
        ? BatchVerdict.refused(MailSubmission.full(queue).problem())
        : BatchVerdict.accepted(enqueueResult.id(), queue);
  }

  private static List<BatchVerdict> unavailable(int mails) {
    return Collections.nCopies(
        mails, BatchVerdict.refused(RedisUnavailableProblem.exception().problem()));
  }

  private static List<BatchVerdict> merge(List<Checked> checked, List<BatchVerdict> verdicts) {
    List<BatchVerdict> merged = new ArrayList<>(checked.size());
    int next = 0;
    for (Checked one : checked) {
      merged.add(one.mail().isPresent() ? verdicts.get(next++) : one.refused());
    }
    return merged;
  }

  /** A mail of the batch: either valid, or refused. */
  private record Checked(Optional<EnqueueRequest> mail, BatchVerdict refused) {}
}
