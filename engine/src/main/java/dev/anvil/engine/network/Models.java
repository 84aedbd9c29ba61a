package dev.anvil.engine.network;

import static java.util.Objects.requireNonNull;

import dev.anvil.NotFoundException;
import dev.anvil.engine.request.EncoderChoice;
import dev.anvil.engine.request.FitRequest;
import dev.anvil.engine.request.Requests;
import dev.anvil.predict.FittedModel;
import dev.anvil.store.Run;
import dev.anvil.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fitted models of a workspace, kept in memory while they are used. */
public final class Models implements AutoCloseable {
  private static final int IDLE = 2;
  private static final String CHOICE = "chosen-model";

  private final Stores stores;
  private final Pool<FittedModel> loaded = new Pool<>(IDLE, FittedModel::close);

  public Models(Stores stores) {
    this.stores = requireNonNull(stores, "stores is null");
  }

  /** The model of a fit's run. */
  public Lease<FittedModel> load(Run fit) {
    return loaded.lease(
        fit.id() + " " + fit.times().ended(), () -> FittedModel.load(stores, fit.id()));
  }

  /**
   * A finished fit.
   *
   * @param run its id; empty for the one chosen last, else the newest
   * @throws NotFoundException when there is none
   */
  public Run fit(Optional<Long> run) {
    if (run.isPresent()) {
      return stores
          .runs()
          .get(run.get())
          .filter(Models::isFit)
          .orElseThrow(
              () ->
                  new NotFoundException(
                      "run " + run.get(), "is no finished fit of this workspace"));
    }
    return chosen()
        .or(() -> fits().findFirst())
        .orElseThrow(
            () -> new NotFoundException("model", "the workspace has no fit; expected one"));
  }

  /**
   * The newest fit with an encoder.
   *
   * @throws NotFoundException when there is none, with the encoders there are models of
   */
  public Run fit(EncoderChoice encoder) {
    List<String> others = new ArrayList<>();
    for (Run fit : fits().toList()) {
      String of = request(fit).encoder().text();
      if (of.equals(encoder.text())) {
        return fit;
      }
      others.add(of);
    }
    throw new NotFoundException(
        "encoder",
        "found models with %s; expected one with \"%s\""
            .formatted(others.stream().distinct().toList(), encoder.text()));
  }

  /** All finished fits, the newest first. */
  public List<Run> all() {
    return fits().toList();
  }

  /** Uses a fit in jobs that name no model, from now on. */
  public void choose(long fit) {
    stores.results().put(CHOICE, CHOICE, Long.toString(fit));
  }

  private Optional<Run> chosen() {
    return stores
        .results()
        .get(CHOICE, CHOICE)
        .flatMap(id -> stores.runs().get(Long.parseLong(id)))
        .filter(Models::isFit);
  }

  private Stream<Run> fits() {
    return stores.runs().list().stream().filter(Models::isFit);
  }

  private static boolean isFit(Run run) {
    return run.request().command().equals(FitRequest.JOB)
        && run.state() == Run.State.FINISHED
        && isReadable(run);
  }

  /**
   * Whether a run's request is one that {@link Requests} reads; those of older versions are not.
   */
  public static boolean isReadable(Run run) {
    return run.request().json().contains("\"job\"");
  }

  /** What a fit was asked for. */
  public static FitRequest request(Run fit) {
    return (FitRequest) Requests.read(fit.request().json(), "run " + fit.id());
  }

  @Override
  public void close() {
    loaded.close();
  }
}
