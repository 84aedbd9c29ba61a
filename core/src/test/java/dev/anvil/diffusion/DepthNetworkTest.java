package dev.anvil.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.Graph;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a stand-in of Depth-Anything's signature that takes bright for near. */
class DepthNetworkTest {
  @TempDir Path folder;

  @Test
  void spreadsNearnessFromNoneToAll() throws IOException {
    for (Object side : new Object[] {"side", 56}) {
      Path pack = folder.resolve("depth-" + side);
      Graph graph = new Graph(1).input("pixel_values", DataType.FLOAT, "batch", 3, side, side);
      graph
          .alias("predicted_depth", graph.reduce("ReduceMean", "pixel_values", false, 1))
          .output("predicted_depth", DataType.FLOAT, "batch", side, side)
          .write(pack.resolve("model.onnx"));
      try (DepthNetwork depth = DepthNetwork.open(StandInPack.open(pack, PackKind.DEPTH), 1)) {
        Mask nearness = depth.nearness(ramp(), RunContext.NONE);

        assertThat(nearness.width()).isEqualTo(100);
        assertThat(nearness.get(0, 20)).isCloseTo(0, within(.05f));
        assertThat(nearness.get(50, 20)).isCloseTo(.5f, within(.05f));
        assertThat(nearness.get(99, 20)).isCloseTo(1, within(.05f));
      }
    }
  }

  private static Picture ramp() {
    byte[] rgb = new byte[100 * 40 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (50 + i / 3 % 100);
    }
    return new Picture(100, 40, rgb);
  }
}
