package dev.anvil.predict.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.predict.matrix.Data;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitsTest {
  private final Data data = Data.of(200, 4, .3, 1);

  @Test
  void everySplitTestsAFifthAndUsesEveryRowOnce() {
    for (Split split : Splits.all(data.knownTimes(), data.groups(), 5)) {
      assertThat(split.test()).hasSize(40);
      assertThat(
              IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.test())).sorted())
          .containsExactly(IntStream.range(0, 200).boxed().toArray(Integer[]::new));
    }
  }

  @Test
  void theTemporalSplitTestsTheNewest() {
    Split split = Splits.temporal(data.times(), .2);
    assertThat(split.test()).containsExactly(IntStream.range(160, 200).toArray());
  }

  @Test
  void theGroupedSplitTearsNoGroupApart() {
    Split split = Splits.grouped(data.groups(), .2, 5);
    Set<Integer> trained = groups(split.train());
    assertThat(trained).doesNotContainAnyElementsOf(groups(split.test()));
  }

  private Set<Integer> groups(int[] rows) {
    return Arrays.stream(rows).mapToObj(row -> data.groups()[row]).collect(Collectors.toSet());
  }

  @Test
  void equalSeedsGiveEqualSplitsAndOtherSeedsOthers() {
    assertThat(Splits.random(200, .2, 1).test()).isEqualTo(Splits.random(200, .2, 1).test());
    assertThat(Splits.random(200, .2, 1).test()).isNotEqualTo(Splits.random(200, .2, 2).test());
  }

  @Test
  void foldsKeepGroupsTogetherAndAreOfLikeSize() {
    int[] groups = IntStream.range(0, 100).map(i -> i < 30 ? 0 : i / 2).toArray();
    Folds folds = Folds.grouped(groups, 3, 9);
    for (int fold = 0; fold < 3; fold++) {
      assertThat(folds.inside(fold).length).isBetween(30, 36);
      assertThat(folds.outside(fold)).hasSize(100 - folds.inside(fold).length);
    }
    for (int i = 1; i < 100; i++) {
      if (groups[i] == groups[i - 1]) {
        assertThat(folds.foldOfRow()[i]).isEqualTo(folds.foldOfRow()[i - 1]);
      }
    }
    assertThatThrownBy(() -> Folds.grouped(new int[5], 3, 9))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void picturesAlikeByHashOrEmbeddingShareAGroupAlsoThroughAThird() {
    long[] hashes = {0b0000, 0b0011, ~0L, 0x5555_5555_5555_5555L, 0x00ff_00ff_00ff_00ffL};
    float[][] embeddings = {
      {1, 0, 0, Float.NaN}, {0, 1, 0, 0}, {0, 1.01f, 0, 0}, {0, 0, 1, 0}, {-1, -1, -1, 0}
    };
    int[] groups = Groups.of(hashes, embeddings, Groups.Likeness.nearDuplicate(), RunContext.NONE);
    assertThat(groups).containsExactly(0, 0, 0, 1, 2);
    assertThat(
            Groups.of(
                new long[0], new float[0][], Groups.Likeness.nearDuplicate(), RunContext.NONE))
        .isEmpty();
  }
}
