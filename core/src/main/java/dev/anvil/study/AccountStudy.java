package dev.anvil.study;

import dev.anvil.campaign.Post;
import dev.anvil.predict.Accounts;
import dev.anvil.predict.LearnedPosts;
import dev.anvil.predict.refit.Clusters;
import dev.anvil.stats.HierarchicalBootstrap;
import dev.anvil.stats.Interval;
import dev.anvil.stats.RandomEffects;
import dev.anvil.study.effect.AccountContrasts;
import dev.anvil.study.effect.AccountContrasts.InAccount;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.AccountEffects.General;
import dev.anvil.study.effect.AccountEffects.OfAccount;
import dev.anvil.study.effect.Correction;
import dev.anvil.study.effect.Differences;
import dev.anvil.study.effect.MetricScale;
import dev.anvil.study.effect.StudyPictures;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.spec.StudySpec.Factor;
import dev.anvil.tags.TagColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The contrasts of a study within each account of a campaign. Where there are accounts enough, a
 * contrast's effect is the mean over accounts, as uncertain as accounts make it: one large account
 * does not decide it (docs/method.md section 10).
 */
final class AccountStudy {
  private static final double LEVEL = .95;

  /** Accounts are compared with each other where chance hardly explains what is found. */
  private static final double BETWEEN = .1;

  private final Accounts accounts;
  private final List<String> names;
  private final StudyPictures pictures;
  private final LearnedPosts learned;
  private final List<Post> posts;

  /**
   * Of the posts that a model was fitted to.
   *
   * @param learned the same posts as the model saw them
   */
  AccountStudy(Accounts accounts, StudyPictures pictures, List<Post> posts, LearnedPosts learned) {
    this.accounts = accounts;
    this.names = accounts.of(posts);
    this.pictures = pictures;
    this.posts = List.copyOf(posts);
    this.learned = learned;
  }

  /**
   * A contrast over accounts.
   *
   * @param effects for people
   * @param pooled on the scale of the target
   */
  private record Pooled(AccountEffects effects, RandomEffects pooled, MetricScale scale) {}

  /** Contrasts as accounts tell them, and what they tell of each. */
  record Told(List<Differences> contrasts, List<AccountEffects> effects) {}

  /**
   * Looks at accounts one by one.
   *
   * @param corrected all contrasts of the study
   * @param uncorrected the same, as the model sees them
   * @param residuals one per post, after {@link Correction#WEIGHT} of the prediction
   * @param tags what each post shows, by factor, and further columns to control for
   * @param factors whose effects are corrected by the labels of posts as they are
   */
  Told look(
      List<Differences> corrected,
      List<Differences> uncorrected,
      double[] residuals,
      List<TagColumn> tags,
      List<Factor> factors,
      MetricScale scale) {
    Map<String, AccountContrasts> byFactor = new HashMap<>();
    Map<String, Map<String, Double>> references = new HashMap<>();
    for (Factor factor : factors) {
      TagColumn labels =
          tags.stream().filter(t -> t.name().equals(factor.name())).findFirst().orElseThrow();
      references.put(factor.name(), reference(factor, labels));
      List<TagColumn> controls =
          tags.stream()
              .filter(t -> !t.name().equals(factor.name()) && !t.name().equals(accounts.column()))
              .toList();
      byFactor.put(
          factor.name(),
          AccountContrasts.of(
              residuals,
              labels,
              controls,
              names,
              learned.groups(),
              learned.weights(),
              learned.fitRows()));
    }
    List<Differences> out = new ArrayList<>();
    List<AccountEffects> effects = new ArrayList<>();
    for (int i = 0; i < corrected.size(); i++) {
      Differences contrast = corrected.get(i);
      Optional<Factor> factor =
          factors.stream().filter(f -> f.name().equals(contrast.factor())).findFirst();
      boolean looked = factor.isPresent() && !contrast.placebo() && contrast.usableSources() > 1;
      double edit =
          looked
              ? Correction.WEIGHT * HierarchicalBootstrap.mean(uncorrected.get(i).target())
              : Double.NaN;
      Optional<Pooled> pooled =
          looked
              ? pooled(
                  contrast,
                  factor.get(),
                  byFactor.get(contrast.factor()),
                  references.get(contrast.factor()),
                  edit,
                  scale)
              : Optional.empty();
      pooled.ifPresent(p -> effects.add(p.effects()));
      out.add(
          pooled
              .filter(p -> p.effects().general().isPresent())
              .map(p -> inGeneral(contrast, factor.orElseThrow(), p))
              .orElse(contrast));
    }
    return new Told(out, effects);
  }

  private Optional<Pooled> pooled(
      Differences contrast,
      Factor factor,
      AccountContrasts shown,
      Map<String, Double> reference,
      double edit,
      MetricScale scale) {
    List<InAccount> each = shown.of(contrast.level(), reference);
    if (each.size() < 2) {
      return Optional.empty();
    }
    RandomEffects found =
        RandomEffects.of(
            each.stream().mapToDouble(in -> edit + in.effect()).toArray(),
            each.stream().mapToDouble(InAccount::standardError).toArray());
    String level = contrast.level();
    List<OfAccount> accountEffects =
        IntStream.range(0, each.size())
            .mapToObj(
                i ->
                    new OfAccount(
                        each.get(i).account(),
                        each.get(i).shown(),
                        each.get(i).others(),
                        relative(scale, factor, level, edit + each.get(i).effect()),
                        relative(scale, factor, level, found.shrunken()[i])))
            .toList();
    double tau =
        (relative(scale, factor, level, found.pooled() + found.tau())
                - relative(scale, factor, level, found.pooled() - found.tau()))
            / 2;
    Optional<General> general =
        each.size() < Clusters.LEAST
            ? Optional.empty()
            : Optional.of(
                new General(
                    scale.relative(factor, level, found.interval(LEVEL)),
                    scale.relative(factor, level, found.prediction(LEVEL))));
    return Optional.of(
        new Pooled(
            new AccountEffects(
                contrast.factor(),
                level,
                contrast.reference(),
                accountEffects,
                tau,
                general,
                new BetweenAccounts(accounts)
                    .of(shown.shares(level))
                    .filter(b -> b.p() < BETWEEN)
                    .filter(b -> (b.ratio() > 1) != (found.pooled() > 0))),
            found,
            scale));
  }

  private static double relative(MetricScale scale, Factor factor, String level, double target) {
    return scale.relative(factor, level, new Interval(target, target, target, LEVEL)).point();
  }

  /** The contrast with the mean over accounts, and the uncertainty that accounts give it. */
  private static Differences inGeneral(Differences contrast, Factor factor, Pooled found) {
    RandomEffects pooled = found.pooled();
    Interval relative =
        found
            .scale()
            .relative(
                factor,
                contrast.level(),
                new Interval(
                    pooled.pooled() - pooled.standardError(),
                    pooled.pooled(),
                    pooled.pooled() + pooled.standardError(),
                    LEVEL));
    return contrast
        .moved(
            pooled.pooled() - HierarchicalBootstrap.mean(contrast.target()),
            relative.point() - HierarchicalBootstrap.mean(contrast.relative()))
        .with(
            Differences.Resampled.ofSpread(
                    pooled.groups(), pooled.standardError(), relative.width() / 2)
                .with(contrast.resampled().disagreement()));
  }

  /** Weights of the levels that a factor's levels are compared with. */
  private Map<String, Double> reference(Factor factor, TagColumn labels) {
    Map<String, Double> weights = new LinkedHashMap<>();
    switch (factor.reference()) {
      case StudySpec.AVERAGE ->
          factor.levels().keySet().forEach(l -> weights.put(l, 1.0 / factor.levels().size()));
      case StudySpec.CONTROL -> weights.putAll(ofSources(labels));
      default -> weights.put(factor.reference(), 1.0);
    }
    return weights;
  }

  /** What the untouched sources show. */
  private Map<String, Double> ofSources(TagColumn labels) {
    Map<String, String> shown = new HashMap<>();
    for (int i = 0; i < posts.size(); i++) {
      shown.put(posts.get(i).id(), labels.values().get(i));
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    double each = 1.0 / pictures.sources().size();
    pictures
        .sources()
        .forEach(s -> weights.merge(shown.getOrDefault(s.post().id(), ""), each, Double::sum));
    return weights;
  }
}
