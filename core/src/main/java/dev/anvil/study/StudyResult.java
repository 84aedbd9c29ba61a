package dev.anvil.study;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAlias;
import dev.anvil.study.effect.AccountEffects;
import dev.anvil.study.effect.Claims;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.study.variant.Drift;
import dev.anvil.study.variant.ScoredVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a study found.
 *
 * @param spec the study as declared
 * @param specHash SHA-256 of the study file
 * @param sources post ids of the creatives that were edited
 * @param interimAnalyses when effects were estimated, the last of which counts; one unless sources
 *     are added until intervals are narrow enough
 * @param pictures variants and controls that were scored
 * @param effects one per declared contrast, in the study's order; corrected where the factor is
 * @param uncorrected the same contrasts as the model sees them, nothing corrected
 * @param corrected by factor whose effects are corrected by what posts say of the model's
 *     residuals, how the labels of posts were inferred
 * @param notes what readers of the effects should know of the correction; one sentence each
 * @param placebos declared edits that ought to change nothing, and null edits against their sources
 * @param permuted the declared contrasts once more, scored by refits to a permuted target
 * @param drifts of editors whose null edits are no exact copies
 * @param variants every variant, in order of factor, source, level and seed
 * @param accounts contrasts by account, where posts belong to several and show which level they
 *     have
 * @param labelled by corrected factor and level, ids of the posts that are labelled with it
 */
public record StudyResult(
    StudySpec spec,
    String specHash,
    List<String> sources,
    @JsonAlias("looks") List<InterimAnalysis> interimAnalyses,
    int pictures,
    List<Effect> effects,
    @JsonAlias("seen") List<Effect> uncorrected,
    Map<String, String> corrected,
    List<String> notes,
    List<Effect> placebos,
    List<Effect> permuted,
    List<Drift> drifts,
    List<ScoredVariant> variants,
    List<AccountEffects> accounts,
    Map<String, Map<String, List<String>>> labelled) {
  /** Of posts of one account, whose labels are not kept. */
  public StudyResult(
      StudySpec spec,
      String specHash,
      List<String> sources,
      List<InterimAnalysis> interimAnalyses,
      int pictures,
      List<Effect> effects,
      List<Effect> uncorrected,
      Map<String, String> corrected,
      List<String> notes,
      List<Effect> placebos,
      List<Effect> permuted,
      List<Drift> drifts,
      List<ScoredVariant> variants) {
    this(
        spec,
        specHash,
        sources,
        interimAnalyses,
        pictures,
        effects,
        uncorrected,
        corrected,
        notes,
        placebos,
        permuted,
        drifts,
        variants,
        List.of(),
        Map.of());
  }

  /**
   * One interim analysis of growing data.
   *
   * @param sources so far
   * @param level of the intervals, such that all interim analyses together miss no more often than
   *     a study of one analysis
   * @param halfWidth of the widest declared interval, relative to the metric
   */
  public record InterimAnalysis(int sources, double level, double halfWidth) {
    static InterimAnalysis of(int sources, List<Effect> effects) {
      return new InterimAnalysis(
          sources,
          effects.get(0).relative().level(),
          effects.stream().mapToDouble(e -> e.relative().width() / 2).max().orElseThrow());
    }
  }

  /** The same where the model explains nothing of the metric: nothing is claimed of it alone. */
  public StudyResult withoutModelClaims() {
    Claims claims = new Claims(corrected.keySet(), corrected.keySet());
    List<String> more = new ArrayList<>();
    more.add("The pictures do not explain %s here.".formatted(spec.metric()));
    more.addAll(notes);
    more.addAll(claims.reasonsWithoutModel(effects));
    return new StudyResult(
        spec,
        specHash,
        sources,
        interimAnalyses,
        pictures,
        claims.withoutModel(effects),
        uncorrected,
        corrected,
        more,
        placebos,
        permuted,
        drifts,
        variants,
        accounts,
        labelled);
  }

  public StudyResult {
    interimAnalyses = List.copyOf(interimAnalyses);
    requireNonNull(spec, "spec is null");
    requireNonNull(specHash, "specHash is null");
    sources = List.copyOf(sources);
    effects = List.copyOf(effects);
    uncorrected = List.copyOf(uncorrected);
    corrected = Map.copyOf(corrected);
    notes = notes == null ? List.of() : List.copyOf(notes);
    placebos = List.copyOf(placebos);
    permuted = List.copyOf(permuted);
    drifts = List.copyOf(drifts);
    variants = List.copyOf(variants);
    // a result of an older version has none
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
    labelled = labelled == null ? Map.of() : Map.copyOf(labelled);
  }
}
