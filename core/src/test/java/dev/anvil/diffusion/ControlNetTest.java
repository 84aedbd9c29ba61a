package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.image.Picture;
import dev.anvil.onnx.Tensor;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.ControlNetStandIn.Contract;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.UnetStandIn;
import dev.anvil.standin.UnetStandIn.Timestep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlNetTest {
  private static final int WIDTH = 80;
  private static final int HEIGHT = 72;

  @TempDir Path folder;
  private ControlNet net;
  private LatentDiffusion controlled;

  @BeforeEach
  void open() throws IOException {
    net = net("net", Contract.A);
    controlled = pack("controlled", UnetStandIn.Control.RESIDUALS_A);
  }

  @AfterEach
  void close() {
    controlled.close();
    net.close();
  }

  @Test
  void holdsAPictureToItsCondition() {
    Picture left = make(controlled, control(net, 1, 0, 1), 1, false);

    assertThat(left.get(8, 36, 1)).isGreaterThan(left.get(72, 36, 1) + 60);
  }

  /** docs/model-contracts.md section 6.3: with zero residuals the special UNet is the plain one. */
  @Test
  void aloneTheSpecialUnetIsThePlainOne() throws IOException {
    try (LatentDiffusion plain = pack("plain", UnetStandIn.Control.NONE)) {
      Picture expected = make(plain, List.of(), 2, false);

      assertThat(make(controlled, List.of(), 2, false)).isEqualTo(expected);
      assertThat(make(controlled, control(net, 0, 0, 1), 2, false)).isEqualTo(expected);
    }
  }

  @Test
  void everyContractGivesTheSamePicture() throws IOException {
    Picture expected = make(controlled, control(net, .7, 0, 1), 2, false);
    for (Contract contract : List.of(Contract.A_UNSCALED, Contract.C)) {
      try (ControlNet other = net("net-" + contract, contract)) {
        assertThat(make(controlled, control(other, .7, 0, 1), 2, false)).isEqualTo(expected);
      }
    }
    try (LatentDiffusion named = pack("named", UnetStandIn.Control.RESIDUALS_B);
        LatentDiffusion fused = pack("fused", UnetStandIn.Control.FUSED)) {
      List<Control> inside = List.of(new Control(Optional.empty(), condition(), .7, 0, 1));

      assertThat(make(named, control(net, .7, 0, 1), 2, false)).isEqualTo(expected);
      assertThat(distance(make(fused, inside, 2, false), expected)).isLessThan(1);
    }
  }

  /** As {@code anvil models add} calls a UNet with inputs for residuals. */
  @Test
  void aPackMayHaveTheSpecialUnetAlone() throws IOException {
    Path pack =
        new DiffusionStandIn()
            .unet(new UnetStandIn().control(UnetStandIn.Control.RESIDUALS_A))
            .write(folder.resolve("alone"));
    Files.move(pack.resolve("unet"), pack.resolve("controlled_unet"));
    try (LatentDiffusion alone = open(pack)) {
      assertThat(alone.fixedSize()).isEmpty();
      assertThat(make(alone, List.of(), 2, false)).isEqualTo(make(controlled, List.of(), 2, false));
      assertThat(make(alone, control(net, 1, 0, 1), 2, false))
          .isEqualTo(make(controlled, control(net, 1, 0, 1), 2, false));
    }
  }

  @Test
  void takesTheSpecialUnetOfAPackWithTwo() throws IOException {
    Path pack = new DiffusionStandIn().write(folder.resolve("two"));
    DiffusionStandIn.writeControlled(
        new UnetStandIn().control(UnetStandIn.Control.RESIDUALS_B).timestep(Timestep.BATCH),
        folder.resolve("two-special"));
    Files.createDirectories(pack.resolve("controlled_unet"));
    Files.move(
        folder.resolve("two-special/cnet/model.onnx"), pack.resolve("controlled_unet/model.onnx"));
    try (LatentDiffusion two = open(pack)) {
      assertThat(make(two, control(net, 1, 0, 1), 2, false))
          .isEqualTo(make(controlled, control(net, 1, 0, 1), 2, false));
    }
  }

  @Test
  void addsSeveral() {
    List<Control> twice = List.of(control(net, .25, 0, 1).get(0), control(net, .5, 0, 1).get(0));

    assertThat(
            distance(
                make(controlled, twice, 1, false),
                make(controlled, control(net, .75, 0, 1), 1, false)))
        .isLessThan(.5);
  }

  /** docs/model-contracts.md section 6.5. */
  @Test
  void countsOnlyInItsRangeOfSteps() {
    Control control = control(net, 2, .25, .75).get(0);

    assertThat(List.of(0, 1, 2, 3).stream().map(i -> control.scaleAt(i, 4)))
        .containsExactly(0., 2., 2., 0.);
    assertThat(make(controlled, control(net, 1, 0, .5), 1, false))
        .isNotEqualTo(make(controlled, control(net, 1, 0, 1), 1, false));
  }

  @Test
  void guessesWithThePromptsHalfAlone() {
    Picture guessed = make(controlled, control(net, 1, 0, 1), 3, true);

    assertThat(guessed).isNotEqualTo(make(controlled, control(net, 1, 0, 1), 3, false));
    assertThat(guessed).isNotEqualTo(make(controlled, List.of(), 3, false));
  }

  @Test
  void saysWhyAPackCannotBeHeld() throws IOException {
    try (LatentDiffusion plain = pack("plain", UnetStandIn.Control.NONE);
        LatentDiffusion fused = pack("fused", UnetStandIn.Control.FUSED)) {
      assertThatThrownBy(() -> make(plain, control(net, 1, 0, 1), 1, false))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("found a UNet without inputs for residuals");
      assertThatThrownBy(() -> make(fused, control(net, 1, 0, 1), 1, false))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("has its ControlNets inside");
    }
  }

  /** Outputs of (c) in another order than the graph's have other shapes. */
  @Test
  void refusesResidualsOfOtherShapes() {
    DiffusionRequest request = request(control(net, 1, 0, 1), 1, false);
    Tensor sample = Tensor.allocate(1, 4, HEIGHT / 8, WIDTH / 8);
    Tensor text = Tensor.allocate(1, 77, 32);
    List<Tensor> residuals =
        new ArrayList<>(
            net.residuals(
                sample, text, 1, request.controls().get(0).condition().planes(), RunContext.NONE));
    Collections.swap(residuals, 1, 12);
    List<TensorSpec> specs =
        residuals.stream()
            .map(r -> new TensorSpec("any", "float32", List.of(-1L, -1L, -1L, -1L)))
            .toList();

    assertThatThrownBy(() -> Residuals.check("net", residuals, specs, sample))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("net, residual 1", "net, residual 12");
  }

  private ControlNet net(String name, Contract contract) throws IOException {
    Path path = ControlNetStandIn.write(folder.resolve(name), contract);
    return ControlNet.open(StandInPack.open(path, PackKind.CONTROLNET), 1);
  }

  private LatentDiffusion pack(String name, UnetStandIn.Control control) throws IOException {
    return open(
        new DiffusionStandIn()
            .unet(new UnetStandIn().control(control))
            .write(folder.resolve(name)));
  }

  private static LatentDiffusion open(Path pack) throws IOException {
    return LatentDiffusion.open(StandInPack.open(pack, PackKind.STABLE_DIFFUSION), 1);
  }

  private static List<Control> control(ControlNet net, double scale, double from, double to) {
    return List.of(new Control(Optional.of(net), condition(), scale, from, to));
  }

  /** The left half green. */
  private static Condition condition() {
    byte[] rgb = new byte[WIDTH * HEIGHT * 3];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      rgb[i * 3 + 1] = (byte) (i % WIDTH < WIDTH / 2 ? 255 : 0);
    }
    return Condition.of(new Picture(WIDTH, HEIGHT, rgb), WIDTH, HEIGHT);
  }

  private static DiffusionRequest request(List<Control> controls, double guidance, boolean guess) {
    Recipe recipe = new Recipe("a photo", "", 4, guidance, SchedulerKind.DDIM, guess);
    return DiffusionRequest.of(recipe, WIDTH, HEIGHT, 1).heldTo(controls);
  }

  private static Picture make(
      LatentDiffusion diffusion, List<Control> controls, double guidance, boolean guess) {
    return diffusion.generate(request(controls, guidance, guess), RunContext.NONE).picture();
  }

  private static double distance(Picture a, Picture b) {
    double sum = 0;
    for (int i = 0; i < a.rgb().length; i++) {
      sum += Math.abs((a.rgb()[i] & 255) - (b.rgb()[i] & 255));
    }
    assertThat(Arrays.equals(a.rgb(), new byte[a.rgb().length])).isFalse();
    return sum / a.rgb().length;
  }
}
