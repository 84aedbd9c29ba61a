package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.Cancellation;
import dev.anvil.CancelledException;
import dev.anvil.PhaseListener;
import dev.anvil.RunContext;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Masks;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RemoveTest extends EditorContract {
  @Override
  Editor editor() {
    return new Remove();
  }

  @Override
  List<EditRequest> requests() {
    return List.of(
        Scene.aimedAt(Scene.request("b81c1c", true, 1), "person"),
        Scene.request("f2f2f2", true, 2));
  }

  @Test
  void continuesSkyAndGroundWhereAPersonStood() {
    EditRequest request = Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
    Edited edited = new Remove().edit(request, RunContext.NONE);
    EditRequest alone = Scene.request("b81c1c", false, 1);
    for (int y = 47; y < 91; y++) {
      for (int x = 116; x < 126; x++) {
        OkLab expected = Scene.pixel(alone.source(), x, y);
        OkLab found = Scene.pixel(edited.picture(), x, y);
        // ground stripes may be shifted, so up to their contrast; the boundary may move by a row or
        // two
        if (y < 53 || y > 58) {
          assertThat(found.distance(expected)).as("%d, %d", x, y).isLessThan(.12);
        }
      }
    }
  }

  @Test
  void keepsTheGrainOfTheGround() {
    EditRequest request = Scene.aimedAt(Scene.request("b81c1c", true, 1), "person");
    Edited edited = new Remove().edit(request, RunContext.NONE);
    double filled = contrast(edited, 118, 62);
    double beside = contrast(edited, 140, 62);
    assertThat(filled).isBetween(.4 * beside, 1.6 * beside);
  }

  @Test
  void stopsInTheMiddleOfALargeHole() {
    Picture large = new Picture(1200, 1200, noise(1200 * 1200 * 3));
    Mask hole = Masks.ofBox(1200, 1200, new Box(200, 200, 1000, 1000));
    Cancellation cancellation = new Cancellation();
    AtomicLong asked = new AtomicLong();
    Thread stopping =
        new Thread(
            () -> {
              try {
                Thread.sleep(500);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              asked.set(System.nanoTime());
              cancellation.cancel();
            });
    stopping.start();
    assertThatThrownBy(
            () -> PatchFill.fill(large, hole, 1, RunContext.of(PhaseListener.NONE, cancellation)))
        .isInstanceOf(CancelledException.class);
    assertThat(System.nanoTime() - asked.get()).isLessThan(2_000_000_000L);
  }

  private static byte[] noise(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** Standard deviation of the lightness in a box of 6 x 26 pixels. */
  private static double contrast(Edited edited, int left, int top) {
    double sum = 0;
    double squares = 0;
    int n = 6 * 26;
    for (int y = top; y < top + 26; y++) {
      for (int x = left; x < left + 6; x++) {
        double l = Scene.pixel(edited.picture(), x, y).l();
        sum += l;
        squares += l * l;
      }
    }
    return Math.sqrt(squares / n - sum / n * (sum / n));
  }
}
