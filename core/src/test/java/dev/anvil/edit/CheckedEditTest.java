package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckedEditTest {
  private static final EditRequest CAR = Scene.request("b81c1c", false, 7);

  /** Paints well only when it is asked for the so many-th time. */
  private static final class Painter implements Editor {
    private final int good;
    private final int attempts;
    private final List<Long> seeds = new ArrayList<>();

    Painter(int good, int attempts) {
      this.good = good;
      this.attempts = attempts;
    }

    @Override
    public String name() {
      return "painter";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }

    @Override
    public int attempts() {
      return attempts;
    }

    @Override
    public Optional<String> unlike(Picture edited, RunContext context) {
      return seeds.size() == good ? Optional.empty() : Optional.of("looks like a van");
    }

    @Override
    public Edited edit(EditRequest request, RunContext context) {
      seeds.add(request.seed());
      return PasteBack.paste(
          request.source(), Scene.request("1c1cb8", false, 7).source(), request.mask());
    }
  }

  @Test
  void isTriedAgainWithOtherSeedsUntilItPasses() {
    Painter painter = new Painter(3, 5);

    CheckedEdit made = CheckedEdit.of(painter, CAR, RunContext.NONE);

    assertThat(made.check().valid()).isTrue();
    assertThat(painter.seeds).hasSize(3).doesNotHaveDuplicates().startsWith(7L);
  }

  @Test
  void failsWithTheReasonAfterTheLastAttempt() {
    Painter painter = new Painter(3, 2);

    assertThat(CheckedEdit.of(painter, CAR, RunContext.NONE).check().reasons())
        .containsExactly("looks like a van (2 attempts)");
    assertThat(painter.seeds).hasSize(2);
  }

  @Test
  void isTriedOnceWhereNothingElseIsAskedFor() {
    Painter painter = new Painter(2, 1);

    assertThat(CheckedEdit.of(painter, CAR, RunContext.NONE).check().reasons())
        .containsExactly("looks like a van");
    assertThat(painter.seeds).containsExactly(7L);
  }

  @Test
  void aStepOfACombinationIsTriedAgainByItself() {
    Painter painter = new Painter(2, 2);
    Combine both = new Combine(List.of(new Combine.Step("paint", List.of("car"), painter)));

    assertThat(CheckedEdit.of(both, CAR, RunContext.NONE).check().valid()).isTrue();
    assertThat(painter.seeds).hasSize(2);
  }
}
