package dev.anvil.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anvil.InvalidInputException;
import dev.anvil.MissingPackException;
import dev.anvil.RunContext;
import dev.anvil.diffusion.Generator;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.packs.ModelStore;
import dev.anvil.packs.PackKind;
import dev.anvil.packs.StandInPack;
import dev.anvil.standin.ControlNetStandIn;
import dev.anvil.standin.DiffusionStandIn;
import dev.anvil.standin.UnetStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With stand-ins whose UNet knows the way to the colour that the prompt names. */
class DiffusionEditorTest extends EditorContract {
  @TempDir static Path folder;
  private static Editors editors;

  @BeforeAll
  static void packs() throws IOException {
    pack("sd", new DiffusionStandIn());
    pack("fills", new DiffusionStandIn().unet(new UnetStandIn().channels(9)));
    pack(
        "held",
        new DiffusionStandIn().unet(new UnetStandIn().control(UnetStandIn.Control.RESIDUALS_A)));
    pack("checked", new DiffusionStandIn().withSafetyChecker());
    pack("fixed", new DiffusionStandIn().unet(new UnetStandIn().side(10)));
    pack("blind", new DiffusionStandIn().withoutEncoder());
    Path net = ControlNetStandIn.write(folder.resolve("net"), ControlNetStandIn.Contract.C);
    StandInPack.open(net, PackKind.CONTROLNET);
    editors = new Editors(new ModelStore(List.of(folder)), 1);
  }

  private static void pack(String name, DiffusionStandIn standIn) throws IOException {
    StandInPack.open(standIn.write(folder.resolve(name)), PackKind.STABLE_DIFFUSION);
  }

  @AfterAll
  static void close() {
    editors.close();
  }

  private static Editor create(String prompt, Object... more) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("pack", "sd");
    parameters.put("prompt", prompt);
    parameters.put("steps", 4);
    parameters.put("guidance", 1);
    parameters.put("size", 160);
    for (int i = 0; i < more.length; i += 2) {
      parameters.put((String) more[i], more[i + 1]);
    }
    return editors.create("diffusion", parameters, folder);
  }

  @Override
  Editor editor() {
    return create("a blue car");
  }

  private static OkLab car(Editor editor) {
    EditRequest request = Scene.request("b81c1c", false, 1);
    return Scene.mean(editor.edit(request, RunContext.NONE).picture(), Scene.paint());
  }

  @Test
  void paintsTheElementAfterThePrompt() {
    for (String pack : List.of("sd", "fills", "fixed")) {
      OkLab blue = car(create("a blue car", "pack", pack));
      OkLab green = car(create("a green car", "pack", pack));

      assertThat(blue.b()).as(pack).isLessThan(-.1);
      assertThat(green.a()).as(pack).isLessThan(-.1);
    }
  }

  @Test
  void drawsAnotherGrainForAnotherSeed() {
    Editor editor = create("a silver car");

    assertThat(editor.edit(Scene.request("b81c1c", false, 1), RunContext.NONE).picture())
        .isNotEqualTo(editor.edit(Scene.request("b81c1c", false, 2), RunContext.NONE).picture());
  }

  @Test
  void itsControlIsTheSameEditWithTheNullPrompt() {
    Editor editor = create("a blue car", "null_prompt", "a car");
    Editor control = editor.nullEdit().orElseThrow();

    assertThat(control.parameters()).containsEntry("prompt", "a car");
    assertThat(control.parameters().keySet()).isEqualTo(editor.parameters().keySet());
    assertThat(control.mustChange(Scene.request("b81c1c", false, 1))).isFalse();
    assertThat(create("a blue car").nullEdit().orElseThrow().parameters())
        .containsEntry("prompt", "a photo");
  }

  @Test
  void paintsTheWholeBoxOfAnElementSoThatItsOutlineTellsNothing() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Box bounds = request.mask().bounds().orElseThrow();
    Mask corners =
        Mask.of(bounds, request.source().width(), request.source().height())
            .minus(request.mask().dilated(2));

    assertThat(corners.coverage()).isPositive();
    assertThat(
            changed(
                create("a blue car", "hole", "box", "dilate", 0, "feather", 0), request, corners))
        .isGreaterThan(.5);
    assertThat(changed(create("a blue car", "dilate", 0, "feather", 0), request, corners)).isZero();
    assertThatThrownBy(() -> create("a blue car", "hole", "circle"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("hole: found \"circle\"; expected outline or box");
  }

  @Test
  void givesWhatItPaintsAnotherOutline() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Object seg = List.of(Map.of("pack", "net", "kind", "seg"));
    String tall = Scene.figures(folder).get(0).getFileName().toString();
    Object[] plain = {"pack", "held", "control", seg, "dilate", 0, "feather", 0};
    Object[] outlined = Arrays.copyOf(plain, plain.length + 2);
    outlined[plain.length] = "outlines";
    outlined[plain.length + 1] = tall;
    Mask above = Mask.of(new Box(60, 2, 90, 48), Scene.WIDTH, Scene.HEIGHT);

    Editor editor = create("a blue car", outlined);

    assertThat(changed(create("a blue car", plain), request, above)).isZero();
    assertThat(changed(editor, request, above)).isGreaterThan(.8);
    assertThat(editor.parameters().get("outlines")).startsWith("figure-0.png@");
    assertThat(editor.nullEdit().orElseThrow().parameters()).doesNotContainKey("outlines");
    assertThat(editor.edit(Scene.aimedAt(request, "background"), RunContext.NONE).refusal())
        .hasValueSatisfying(why -> assertThat(why).contains("no thing here"));
    EditRequest two = Scene.request("b81c1c", true, 1);
    Mask both = two.mask().union(two.elements().find("person").orElseThrow().mask());
    EditRequest several = new EditRequest(two.source(), two.elements(), both, 1);
    assertThat(editor.edit(several, RunContext.NONE).refusal())
        .hasValueSatisfying(why -> assertThat(why).startsWith("2 elements were to have"));
  }

  @Test
  void outlinesNeedAControlThatShowsThem() {
    Scene.figures(folder);

    assertThatThrownBy(() -> create("a blue car", "outlines", "figure-0.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("outlines: found no control of kind seg");
  }

  @Test
  void leavesTheElementThatStandsInFrontOfAPerson() {
    EditRequest request = Scene.request("b81c1c", false, 1);
    Mask inside = request.mask().eroded(6);

    Editor behind = create("a blue person", "position", "F", "dilate", 0, "feather", 0);
    Editor before = create("a blue person", "position", "B", "dilate", 0, "feather", 0);

    assertThat(changed(behind, request, inside)).isZero();
    assertThat(changed(before, request, inside)).isPositive();
  }

  @Test
  void aThirdOfAPersonBehindTheElementIsInSightAndIsLookedFor() {
    Path person = Scene.figures(folder).get(0);
    EditRequest request = Scene.request("b81c1c", false, 1);
    Editor editor =
        create(
            "a blue person",
            "pack",
            "held",
            "position",
            "F",
            "control",
            List.of(Map.of("pack", "net", "kind", "seg")),
            "outlines",
            person.getFileName().toString());

    Insertion inserted = editor.edit(request, RunContext.NONE).inserted().orElseThrow();

    Box car = request.mask().bounds().orElseThrow();
    Box usual = Placement.F.person(car);
    assertThat(inserted.label()).isEqualTo("person");
    assertThat(inserted.box().height()).isGreaterThan(usual.height() / 3.5);
    assertThat(inserted.box().bottom()).isLessThan(car.bottom());
    assertThat(create("a person", "position", "F").edit(request, RunContext.NONE).inserted())
        .isEmpty();
    Edited control = editor.nullEdit().orElseThrow().edit(request, RunContext.NONE);
    assertThat(control.changed()).isEqualTo(editor.edit(request, RunContext.NONE).changed());
  }

  /** Share of a mask's pixels that an editor changes. */
  private static double changed(Editor editor, EditRequest request, Mask where) {
    Picture made = editor.edit(request, RunContext.NONE).picture();
    int all = 0;
    int other = 0;
    for (int y = 0; y < made.height(); y++) {
      for (int x = 0; x < made.width(); x++) {
        if (where.get(x, y) > .5) {
          all++;
          boolean differs = false;
          for (int c = 0; c < 3; c++) {
            differs |= made.get(x, y, c) != request.source().get(x, y, c);
          }
          other += differs ? 1 : 0;
        }
      }
    }
    return (double) other / all;
  }

  @Test
  void worksOnAPartOfThePictureAtFullSize() {
    Editor editor = create("a blue car", "crop", 12, "size", 128);

    assertThat(car(editor).b()).isLessThan(-.1);
    EditRequest request = Scene.request("b81c1c", true, 1);
    assertThat(EditCheck.of(editor, request, editor.edit(request, RunContext.NONE)).reasons())
        .isEmpty();
  }

  @Test
  void isHeldToConditions() {
    for (String kind : List.of("seg", "canny", "inpaint")) {
      Editor free = create("a car", "pack", "held");
      Editor held =
          create(
              "a car",
              "pack",
              "held",
              "control",
              List.of(Map.of("pack", "net", "kind", kind, "scale", .8)));

      assertThat(held.parameters().get("control")).contains(kind + " net-").contains("scale 0.8");
      assertThat(car(held)).as(kind).isNotEqualTo(car(free));
    }
  }

  @Test
  void givesTheSourceWhereTheCheckerRefuses() {
    Editor editor = create("a white car", "pack", "checked");
    EditRequest car = Scene.request("f2f2f2", false, 1);
    EditRequest request =
        new EditRequest(
            car.source(), car.elements(), Mask.full(Scene.WIDTH, Scene.HEIGHT), car.seed());
    Edited edited = editor.edit(request, RunContext.NONE);

    assertThat(edited.picture()).isEqualTo(request.source());
    assertThat(EditCheck.of(editor, request, edited).reasons())
        .containsExactly("the model pack's safety checker refused the picture");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(
            () ->
                create(
                    "",
                    "scheduler",
                    "heun",
                    "size",
                    -1,
                    "sharpness",
                    2,
                    "control",
                    List.of(Map.of("kind", "pose"), Map.of("kind", "depth", "from", .5, "to", .5))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "parameter prompt: found \"\"",
            "parameter scheduler: found \"heun\"; expected one of [ddim, pndm, euler",
            "parameter size: found -1",
            "parameter sharpness: is unknown",
            "parameter control[0].kind: found \"pose\"; expected one of [seg, canny, depth,",
            "parameter control[1].depth: found nothing",
            "parameter control[1].from: found 0.5 to 0.5");
    assertThatThrownBy(() -> create("a car", "pack", "net"))
        .hasMessageContaining("found kind controlnet; expected stable-diffusion");
    assertThatThrownBy(() -> create("a car", "pack", "none"))
        .isInstanceOf(MissingPackException.class)
        .hasMessageContaining("found no \"none\"");
    assertThatThrownBy(() -> create("a car", "pack", "blind"))
        .hasMessageContaining("found no vae_encoder");
  }

  @Test
  void takesParametersAsTheCommandLineGivesThem() {
    Editor editor =
        editors.create(
            "diffusion",
            Map.of(
                "pack",
                "held",
                "prompt",
                "a blue car",
                "steps",
                "3",
                "guidance",
                "2",
                "control",
                "[{pack: net, kind: seg, scale: 0.5}]"),
            folder);

    assertThat(editor.parameters())
        .containsEntry("steps", "3")
        .containsEntry("guidance", "2.0")
        .containsEntry("scheduler", "pndm");
  }

  @Test
  void makesPicturesWithoutASource() {
    Generator generator =
        editors.generator(
            Map.of(
                "pack",
                "sd",
                "prompt",
                "a red car",
                "steps",
                4,
                "guidance",
                1,
                "width",
                64,
                "height",
                72),
            folder);
    Picture first = generator.generate(1, RunContext.NONE).picture();

    assertThat(first.width()).isEqualTo(64);
    assertThat(first.height()).isEqualTo(72);
    assertThat(first.get(30, 30, 0)).isGreaterThan(150);
    assertThat(generator.generate(1, RunContext.NONE).picture()).isEqualTo(first);
    assertThat(generator.generate(2, RunContext.NONE).picture()).isNotEqualTo(first);
    assertThat(generator.parameters())
        .containsEntry("prompt", "a red car")
        .containsEntry("size", "64x72");
    assertThatThrownBy(() -> editors.generator(Map.of("pack", "sd", "width", 65), folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("prompt: found nothing", "expected a multiple of 8");
  }
}
