package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.anvil.InvalidInputException;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.onnx.OnnxNetwork;
import dev.anvil.onnx.TensorSpec;
import dev.anvil.packs.ModelStore;
import dev.anvil.standin.Graph;
import dev.anvil.standin.LamaStandIn;
import dev.anvil.standin.MiGanStandIn;
import dev.anvil.standin.Sketch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Removal by networks of every known signature (docs/model-contracts.md section 7). */
class InpainterTest {
  @TempDir static Path folder;
  private static Editors editors;

  @BeforeAll
  static void packs() throws IOException {
    pack("lama", "inpainting", LamaStandIn.fixed());
    pack("lama-any-size", "inpainting", LamaStandIn.graph(DataType.FLOAT, "height", "width"));
    pack("lama-half", "inpainting", LamaStandIn.graph(DataType.FLOAT16, 512, 512));
    pack("migan", "inpainting", MiGanStandIn.pipeline());
    pack("migan-raw", "inpainting", MiGanStandIn.raw(512));
    pack("depth", "depth", LamaStandIn.fixed());
    pack("three", "inpainting", unknown());
    pack("zero-to-one", "inpainting", zeroToOne());
    String raw = "input:float[1,4,512,512] -> output:float[1,3,512,512]";
    pack("blind", "inpainting", Sketch.graph(raw, 0));
    pack("spoilt", "inpainting", Sketch.graph(raw, Float.NaN));
    editors = new Editors(new ModelStore(List.of(folder)), 1);
  }

  @AfterAll
  static void close() {
    editors.close();
  }

  private static Graph unknown() {
    return new Graph(1)
        .input("image", DataType.FLOAT, 1, 3, 8, 8)
        .alias("out", "image")
        .output("out", DataType.FLOAT, 1, 3, 8, 8);
  }

  private static Graph zeroToOne() {
    Graph graph =
        new Graph(1)
            .input("image", DataType.FLOAT, 1, 3, 64, 64)
            .input("mask", DataType.FLOAT, 1, 1, 64, 64);
    return graph
        .alias("out", graph.node("Mul", "image", "mask"))
        .output("out", DataType.FLOAT, 1, 3, 64, 64);
  }

  private static void pack(String name, String kind, Graph graph) throws IOException {
    Path file = graph.write(folder.resolve(name).resolve("model.onnx"));
    ObjectNode manifest =
        new JsonMapper()
            .createObjectNode()
            .put("anvil", "pack/1")
            .put("name", name)
            .put("kind", kind)
            .put("version", "1")
            .put("licence", "Apache-2.0")
            .put("origin", "a stand-in");
    ObjectNode entry =
        manifest
            .putArray("files")
            .addObject()
            .put("file", "model.onnx")
            .put("role", "model")
            .put("bytes", Files.size(file))
            .put("sha256", Sha256.of(file));
    try (OnnxNetwork network = OnnxNetwork.open(file, 1)) {
      describe(entry.putArray("inputs"), network.inputs());
      describe(entry.putArray("outputs"), network.outputs());
    }
    Files.writeString(folder.resolve(name).resolve("pack.json"), manifest.toPrettyString());
  }

  private static void describe(ArrayNode list, List<TensorSpec> tensors) {
    for (TensorSpec tensor : tensors) {
      ArrayNode shape =
          list.addObject().put("name", tensor.name()).put("type", tensor.type()).putArray("shape");
      tensor
          .shape()
          .forEach(
              d -> {
                if (d == TensorSpec.FREE) {
                  shape.add("free");
                } else {
                  shape.add(d);
                }
              });
    }
  }

  private static Editor remover(String pack) {
    return editors.create("remove", Map.of("pack", pack), folder);
  }

  private abstract static class Contract extends EditorContract {
    abstract String pack();

    @Override
    boolean paintsWell() {
      return false;
    }

    @Override
    Editor editor() {
      return remover(pack());
    }

    @Override
    List<EditRequest> requests() {
      return List.of(
          Scene.request("b81c1c", false, 1),
          Scene.aimedAt(Scene.request("f2f2f2", true, 2), "person"));
    }

    /** What the stand-in puts into a hole: red, green, blue. */
    int[] filling() {
      return new int[] {128, 128, 128};
    }

    @Test
    void showsWhatTheNetworkMadeInTheHoleAndTheSourceElsewhere() {
      EditRequest request = Scene.request("b81c1c", false, 1);
      Picture edited = editor().edit(request, RunContext.NONE).picture();
      for (int c = 0; c < 3; c++) {
        assertThat(edited.get(75, 75, c)).isBetween(filling()[c] - 1, filling()[c] + 1);
        assertThat(edited.get(10, 110, c)).isEqualTo(request.source().get(10, 110, c));
      }
    }

    @Test
    void namesItsPack() {
      assertThat(editor().parameters().get("pack")).matches(pack() + "-[0-9a-f]{12}");
    }
  }

  @Nested
  class Lama extends Contract {
    @Override
    String pack() {
      return "lama";
    }
  }

  @Nested
  class LamaOfAnySize extends Contract {
    @Override
    String pack() {
      return "lama-any-size";
    }
  }

  @Nested
  class LamaInHalfPrecision extends Contract {
    @Override
    String pack() {
      return "lama-half";
    }
  }

  @Nested
  class MiGan extends Contract {
    @Override
    String pack() {
      return "migan";
    }
  }

  @Nested
  class MiGanAlone extends Contract {
    @Override
    String pack() {
      return "migan-raw";
    }

    /** Zeros, which the hole must hold, plus .5 of blue, in -1 to 1. */
    @Override
    int[] filling() {
      return new int[] {128, 128, 191};
    }
  }

  @Test
  void refusesPacksOfAnotherKindAndNetworksOfAnotherSignature() {
    assertThatThrownBy(() -> remover("depth"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a pack of depth; expected one of inpainting");
    assertThatThrownBy(() -> remover("three"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("found inputs [image float32 [1, 3, 8, 8]]")
        .hasMessageContaining("expected those of LaMa");
  }

  @Test
  void refusesColoursOfAnotherRange() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Editor remover = remover("zero-to-one");
    assertThatThrownBy(() -> remover.edit(request, RunContext.NONE))
        .hasMessageContaining("expected 0 to 255");
  }

  @Test
  void refusesNetworksThatGiveNoNumbersOrDoNotLook() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Editor spoilt = remover("spoilt");
    assertThatThrownBy(() -> spoilt.edit(request, RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("spoilt-")
        .hasMessageContaining("values that are no finite numbers");
    Editor blind = remover("blind");
    assertThatThrownBy(() -> blind.edit(request, RunContext.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("blind-")
        .hasMessageContaining("does not look at what it is given");
  }

  @Test
  void leavesAPictureThatIsAllHoleAsItIs() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Mask all = Mask.full(Scene.WIDTH, Scene.HEIGHT);
    Edited edited =
        remover("lama")
            .edit(new EditRequest(request.source(), request.elements(), all, 1), RunContext.NONE);
    assertThat(edited.picture()).isEqualTo(request.source());
  }
}
