package dev.anvil.engine.service.monitor;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.study.StudyPosts;
import dev.anvil.monitor.Challenge;
import dev.anvil.monitor.Challenge.Compared;
import dev.anvil.monitor.Pace;
import dev.anvil.predict.FittedModel;
import dev.anvil.predict.ModelFitter;
import dev.anvil.predict.refit.RefitDesign;
import dev.anvil.predict.split.Groups;
import dev.anvil.predict.target.Observation;
import dev.anvil.predict.target.TargetTransform;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compares the model in use with models that are fitted again: for each month of later posts, to
 * all posts that were mature when the month began. Both know what posts before a post got.
 */
final class Challenging {
  /** A post is mature at this age, in days. */
  private static final int MATURE_DAYS = 7;

  /** Newest months that are compared: each takes a fit. */
  private static final int MOST_MONTHS = 12;

  /** Later posts without which a new fit is the old one. */
  private static final int LEAST_NEW = 12;

  private final ModelView view;
  private final LaterPosts later;

  /** Rows of later posts whose metric is known. */
  private final int[] judged;

  Challenging(ModelView view, LaterPosts later) {
    this.view = view;
    this.later = later;
    this.judged =
        IntStream.range(0, later.posts().size())
            .filter(i -> later.residual(i).isPresent())
            .toArray();
  }

  /**
   * Compares.
   *
   * @throws InvalidInputException when the model is of several accounts
   */
  Challenge challenge(RunContext context) {
    if (view.model().accounts().isPresent()) {
      throw new InvalidInputException(
          "challenger",
          "cannot be compared: the model of run %d is of several accounts; expected one account"
              .formatted(view.run()));
    }
    List<LocalDate> months = months();
    if (months.isEmpty()) {
      return Challenge.of(List.of());
    }
    List<Post> learned = view.learned();
    List<Post> posts =
        Stream.of(learned, IntStream.of(judged).mapToObj(later.posts()::get).toList())
            .flatMap(Collection::stream)
            .toList();
    ModelFitter.Data data = StudyPosts.data(view, posts, context);
    int[] groups =
        Groups.of(data.hashes(), data.embeddings(), Groups.Likeness.nearDuplicate(), context);
    List<Compared> compared = new ArrayList<>();
    try (Phase phase = context.start("challenger", months.size())) {
      for (LocalDate month : months) {
        int[] known =
            IntStream.range(0, posts.size())
                .filter(i -> i < learned.size() || isMature(judged[i - learned.size()], month))
                .toArray();
        int[] asked =
            IntStream.range(0, judged.length).filter(k -> month(judged[k]).equals(month)).toArray();
        try (FittedModel model = fit(data.select(known), phase.context())) {
          double[] errors = errors(model, month, asked);
          for (int a = 0; a < asked.length; a++) {
            int row = judged[asked[a]];
            if (Double.isFinite(errors[a])) {
              compared.add(
                  new Compared(
                      time(row),
                      groups[learned.size() + asked[a]],
                      Math.pow(later.residual(row).getAsDouble(), 2),
                      Math.pow(errors[a], 2)));
            }
          }
        }
        phase.step(1);
      }
    }
    return Challenge.of(compared);
  }

  /** Months of later posts before which enough others had come. */
  private List<LocalDate> months() {
    List<LocalDate> months =
        new ArrayList<>(new TreeSet<>(IntStream.of(judged).mapToObj(this::month).toList()));
    months.removeIf(m -> IntStream.of(judged).filter(i -> isMature(i, m)).count() < LEAST_NEW);
    return months.subList(Math.max(0, months.size() - MOST_MONTHS), months.size());
  }

  private FittedModel fit(ModelFitter.Data data, RunContext context) {
    ModelFitter.Request like =
        StudyPosts.request(
            view, StudyPosts.trainer(view.model(), context), view.model().description().seed());
    // only the regressor is asked: as few refits as there may be
    RefitDesign.Plan plan = new RefitDesign.Plan(1, 2, 0, like.plan().seed());
    return ModelFitter.fit(like.with(plan), data, context).model();
  }

  /** Targets of the model in use less those that another predicts, NaN where there are none. */
  private double[] errors(FittedModel model, LocalDate month, int[] asked) {
    List<Post> posts = IntStream.of(asked).mapToObj(k -> later.posts().get(judged[k])).toList();
    float[][] embeddings =
        IntStream.of(asked).mapToObj(k -> later.embeddings()[judged[k]]).toArray(float[][]::new);
    double[] predicted = model.regressor().predict(model.features(embeddings, posts));
    TargetTransform transform = model.transform().withLater(since(month));
    double[] errors = new double[asked.length];
    for (int a = 0; a < asked.length; a++) {
      OptionalDouble target =
          later
              .transform()
              .apply(posts.get(a).time(), transform.expected(posts.get(a).time(), predicted[a]));
      errors[a] = later.targets()[judged[asked[a]]] - target.orElse(Double.NaN);
    }
    return errors;
  }

  /** What posts got that were not mature when a month began, for those after them. */
  private List<Observation> since(LocalDate month) {
    String metric = view.model().description().metric();
    return IntStream.of(judged)
        .filter(i -> !isMature(i, month))
        .mapToObj(later.posts()::get)
        .map(p -> new Observation(p.time(), p.metric(metric).getAsDouble()))
        .toList();
  }

  private boolean isMature(int row, LocalDate month) {
    return time(row).plusDays(MATURE_DAYS).isBefore(month.atStartOfDay());
  }

  private LocalDate month(int row) {
    return Pace.MONTH.period(time(row).toLocalDate());
  }

  private LocalDateTime time(int row) {
    return later.posts().get(row).time().orElseThrow();
  }
}
