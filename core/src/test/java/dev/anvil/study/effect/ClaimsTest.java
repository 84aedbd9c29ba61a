package dev.anvil.study.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.report.data.Sample;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Effect NIL = effect("colour", false, Verdict.NO_PRACTICAL_EFFECT);
  private static final Effect FOUND = effect("setting", false, Verdict.HELPS);
  private static final Effect PLACEBO = effect("tone", true, Verdict.NO_PRACTICAL_EFFECT);

  private static Effect effect(String factor, boolean placebo, Verdict verdict) {
    return Sample.effect(factor, "red", "control", placebo, 0, .01, verdict);
  }

  @Test
  void theModelAloneNeverShowsThatThereIsNoEffect() {
    Claims claims = new Claims(Set.of("setting"), Set.of("setting"));
    List<Effect> claimed = claims.withoutEquivalence(List.of(NIL, FOUND, PLACEBO));
    assertThat(claimed)
        .extracting(Effect::verdict)
        .containsExactly(Verdict.NOT_RESOLVED, Verdict.HELPS, Verdict.NO_PRACTICAL_EFFECT);
    assertThat(claimed.get(0).relative()).isEqualTo(NIL.relative());
    assertThat(claimed.get(0).sourcesToResolve()).isEmpty();
    assertThat(claims.reasons(List.of(NIL, FOUND, PLACEBO)))
        .singleElement()
        .asString()
        .startsWith("colour: not resolved, because the effect is not corrected");
  }

  @Test
  void anEffectCorrectedByLabelsOfMeasuredErrorMayBeNil() {
    Claims claims = new Claims(Set.of("colour"), Set.of("colour"));
    assertThat(claims.withoutEquivalence(List.of(NIL))).containsExactly(NIL);
    assertThat(claims.reasons(List.of(NIL))).isEmpty();
  }

  @Test
  void labelsThatNobodyCheckedNeverShowThatThereIsNoEffect() {
    Claims claims = new Claims(Set.of("colour", "setting"), Set.of("tone"));
    assertThat(claims.withoutEquivalence(List.of(NIL, FOUND)))
        .extracting(Effect::verdict)
        .containsExactly(Verdict.NOT_RESOLVED, Verdict.HELPS);
    assertThat(claims.reasons(List.of(NIL, FOUND)))
        .singleElement()
        .asString()
        .startsWith(
            "colour: not resolved, because nobody measured how much of an effect is hidden by labels");
  }

  @Test
  void aModelThatExplainsNothingClaimsNothingOnItsOwn() {
    Claims claims = new Claims(Set.of("colour"), Set.of("colour"));
    assertThat(claims.withoutModel(List.of(NIL, FOUND)))
        .extracting(Effect::verdict)
        .containsExactly(Verdict.NO_PRACTICAL_EFFECT, Verdict.NOT_RESOLVED);
    assertThat(claims.reasonsWithoutModel(List.of(NIL, FOUND)))
        .singleElement()
        .asString()
        .startsWith("setting: not resolved, because the model does not explain the metric");
  }
}
