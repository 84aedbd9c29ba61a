package dev.anvil.engine.service.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.study.StudyListener;
import dev.anvil.study.StudyListener.InterimEstimates;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is told of a study while it runs. */
class LiveStudiesTest {
  private static final InterimEstimates DECLARED =
      new InterimEstimates(12, List.of(), /* valid= */ true, .98);

  private final LiveStudies studies = new LiveStudies();

  private StudyListener begin(boolean explained) {
    studies.watch();
    return studies.begin(7, explained).orElseThrow();
  }

  @Test
  void nothingIsToldBeforeSomebodyWatches() {
    assertThat(studies.begin(7, true)).isEmpty();
    assertThat(studies.find(7)).isEmpty();
  }

  @Test
  void anAnalysisThatTheStudyDeclaredIsValid() {
    StudyListener listener = begin(true);
    listener.estimated(new InterimEstimates(6, List.of(), false, .95));
    listener.estimated(DECLARED);
    LiveStudy now = studies.find(7).orElseThrow();
    assertThat(now.valid()).hasValue(DECLARED);
    assertThat(now.provisional()).isEmpty();
    listener.estimated(new InterimEstimates(15, List.of(), false, .99));
    now = studies.find(7).orElseThrow();
    assertThat(now.valid()).hasValue(DECLARED);
    assertThat(now.provisional().orElseThrow().sources()).isEqualTo(15);
  }

  @Test
  void noAnalysisIsValidWhereThePicturesExplainNothing() {
    begin(false).estimated(DECLARED);
    LiveStudy now = studies.find(7).orElseThrow();
    assertThat(now.valid()).isEmpty();
    assertThat(now.provisional().orElseThrow().valid()).isFalse();
  }

  @Test
  void aStudyThatIsOverIsForgotten() {
    begin(true).began(20);
    assertThat(studies.find(7).orElseThrow().sources()).isEqualTo(20);
    studies.over(7);
    assertThat(studies.find(7)).isEmpty();
  }
}
