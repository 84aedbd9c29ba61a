package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.anvil.RunContext;
import dev.anvil.Seeds;
import dev.anvil.edit.Combine.Step;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CombineTest {
  private static final List<String> CAR = List.of("car");
  private static final List<String> GROUND = List.of(Segmentation.BACKGROUND);

  private final Editor blue = new Recolor("#2040c0");
  private final EditRequest request = Scene.request("c01818", false, 5);

  @TempDir Path folder;

  private Editor plates() {
    return new ReplaceBackground(Scene.plates(folder));
  }

  @Test
  void eachStepWorksOnWhatTheLastOneLeft() {
    Step ground = new Step("setting", GROUND, plates());
    Step paint = new Step("colour", CAR, blue);

    Edited both = new Combine(List.of(ground, paint)).edit(request, RunContext.NONE);

    Edited alone = new Combine(List.of(ground)).edit(request, RunContext.NONE);
    EditRequest next =
        new EditRequest(
            alone.picture(),
            request.elements(),
            request.mask(),
            Seeds.derive(request.seed(), "colour"));
    assertThat(both.refusal()).isEmpty();
    assertThat(both.picture()).isEqualTo(blue.edit(next, RunContext.NONE).picture());
    assertThat(both.picture()).isNotEqualTo(alone.picture());
  }

  @Test
  void aStepDrawsTheSameWhateverTheOthersDo() {
    Step ground = new Step("setting", GROUND, plates());
    Picture alone = new Combine(List.of(ground)).edit(request, RunContext.NONE).picture();
    Edited both =
        new Combine(List.of(ground, new Step("colour", CAR, blue))).edit(request, RunContext.NONE);
    int corner = 0;
    assertThat(both.picture().rgb()[corner]).isEqualTo(alone.rgb()[corner]);
    assertThat(alone.rgb()[corner]).isNotEqualTo(request.source().rgb()[corner]);
  }

  @Test
  void aStepThatFailsItsCheckRefusesTheWhole() {
    Step idle = new Step("colour", CAR, new Idle(false));
    Edited edited =
        new Combine(List.of(new Step("setting", GROUND, plates()), idle))
            .edit(request, RunContext.NONE);
    assertThat(edited.refusal()).hasValue("colour: nothing changed");
    assertThat(edited.picture()).isEqualTo(request.source());
  }

  @Test
  void noStepLeavesThePictureAsItIs() {
    Combine nothing = new Combine(List.of());
    Edited edited = nothing.edit(request, RunContext.NONE);
    assertThat(edited.picture()).isEqualTo(request.source());
    assertThat(EditCheck.of(nothing, request, edited).valid()).isTrue();
  }

  @Test
  void parametersTellStepsApart() {
    Combine combine =
        new Combine(List.of(new Step("colour", CAR, blue), new Step("tyres", CAR, blue)));
    assertThat(combine.parameters())
        .containsEntry("1 colour editor", "recolor")
        .containsEntry("2 tyres editor", "recolor");
    assertThat(combine.nullEdit()).isEmpty();
  }

  @Test
  void anEditorThatMovesElementsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Step("whole", List.of(), new Idle(true)))
        .withMessageContaining("moves elements");
  }

  /** Does not do what it is asked to. */
  private record Idle(boolean movesElements) implements Editor {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Map<String, String> parameters() {
      return Map.of();
    }

    @Override
    public Edited edit(EditRequest request, RunContext context) {
      return new NullEdit().edit(request, RunContext.NONE);
    }
  }
}
