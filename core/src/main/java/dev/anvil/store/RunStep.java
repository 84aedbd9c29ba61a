package dev.anvil.store;

import dev.anvil.store.Run.Failure;
import dev.anvil.store.Run.Lease;
import dev.anvil.store.Run.Request;
import dev.anvil.store.Run.Result;
import dev.anvil.store.Run.State;
import dev.anvil.store.Run.Times;
import java.time.Instant;
import java.util.Optional;

/** The steps that a run can take; each is the run after it. */
record RunStep(Run run) {
  static RunStep of(Run run) {
    return new RunStep(run);
  }

  /**
   * As the run reads at a time: interrupted when its lease has run out, or cancelled where somebody
   * had asked for that.
   */
  Run at(Instant now) {
    boolean isLeft =
        run.state() == State.RUNNING
            && run.lease().filter(lease -> lease.until().isAfter(now)).isEmpty();
    if (!isLeft) {
      return run;
    }
    return run.cancelRequested() ? end(State.CANCELLED, now) : in(State.INTERRUPTED);
  }

  Run queue(Request request) {
    return new Run(
        run.id(),
        request,
        State.QUEUED,
        run.times(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Run claim(Lease lease, Instant now) {
    return new Run(
        run.id(),
        run.request(),
        State.RUNNING,
        new Times(run.times().submitted(), Optional.of(now), Optional.empty()),
        Optional.of(until(lease, now.plus(lease.length()))),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Run renew(Instant now) {
    return with(run.lease().map(lease -> until(lease, now.plus(lease.length()))));
  }

  Run progress(String json, Instant now) {
    Run renewed = renew(now);
    return new Run(
        renewed.id(),
        renewed.request(),
        renewed.state(),
        renewed.times(),
        renewed.lease(),
        renewed.cancelRequested(),
        Optional.of(json),
        renewed.result(),
        renewed.failure());
  }

  /** The lease runs out now. */
  Run release(Instant now) {
    return with(run.lease().map(lease -> until(lease, now)));
  }

  Run requestCancel() {
    return new Run(
        run.id(),
        run.request(),
        run.state(),
        run.times(),
        run.lease(),
        true,
        run.progress(),
        run.result(),
        run.failure());
  }

  Run finish(Result result, Instant now) {
    return ended(State.FINISHED, now, Optional.of(result), Optional.empty());
  }

  Run fail(Failure failure, Instant now) {
    return ended(State.FAILED, now, Optional.empty(), Optional.of(failure));
  }

  Run end(State state, Instant now) {
    return ended(state, now, Optional.empty(), Optional.empty());
  }

  private Run ended(State state, Instant now, Optional<Result> result, Optional<Failure> failure) {
    return new Run(
        run.id(),
        run.request(),
        state,
        new Times(run.times().submitted(), run.times().started(), Optional.of(now)),
        Optional.empty(),
        run.cancelRequested(),
        run.progress(),
        result,
        failure);
  }

  private Run in(State state) {
    return new Run(
        run.id(),
        run.request(),
        state,
        run.times(),
        run.lease(),
        run.cancelRequested(),
        run.progress(),
        run.result(),
        run.failure());
  }

  private Run with(Optional<Lease> lease) {
    return new Run(
        run.id(),
        run.request(),
        run.state(),
        run.times(),
        lease,
        run.cancelRequested(),
        run.progress(),
        run.result(),
        run.failure());
  }

  private static Lease until(Lease lease, Instant until) {
    return new Lease(lease.owner(), lease.length(), until);
  }
}
