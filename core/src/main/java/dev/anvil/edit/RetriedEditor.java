package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.encode.ZeroShot;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.Picture;
import dev.anvil.segment.Segmentation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An editor that paints anew, with other seeds, where a variant failed its checks; one of them may
 * be that the picture looks like what was asked for.
 */
final class RetriedEditor implements Editor {
  static final String ATTEMPTS = "attempts";
  static final String RECOGNISE = "recognise";
  private static final String GROUP = "pack, among and text";
  private static final int MOST = 100;

  private final Editor editor;
  private final int attempts;
  private final Optional<Recogniser> recogniser;

  /**
   * Looks at variants.
   *
   * @param wanted what they are to look like, more than like any of the others
   */
  private record Recogniser(ZeroShot network, String wanted, List<String> others) {
    Optional<String> unlike(Picture edited, RunContext context) {
      String nearest =
          network.nearest(
              edited, Stream.concat(Stream.of(wanted), others.stream()).toList(), context);
      return nearest.equals(wanted)
          ? Optional.empty()
          : Optional.of("looks like \"%s\", not like \"%s\"".formatted(nearest, wanted));
    }

    String describe() {
      return "%s, \"%s\" among %s".formatted(network.id(), wanted, others);
    }
  }

  /**
   * What is asked for beside the edit itself, before any pack is opened.
   *
   * @param pack of the network that looks at variants; empty where none does
   */
  record Asked(int attempts, Optional<String> pack, String wanted, List<String> others) {
    /** Nothing: an editor is asked once, and nobody looks at what it painted. */
    static final Asked ONCE = new Asked(1, Optional.empty(), "", List.of());

    /**
     * Reads {@code attempts} (1) and {@code recognise} ({@code pack}, {@code among}, {@code text}).
     */
    static Asked read(Parameters given) {
      int attempts = given.whole(ATTEMPTS, 1, 1, MOST);
      List<Parameters> groups = given.groups(RECOGNISE, GROUP);
      if (groups.size() > 1) {
        given.problem(RECOGNISE, "found %d; expected one".formatted(groups.size()));
      }
      if (groups.isEmpty()) {
        return new Asked(attempts, Optional.empty(), "", List.of());
      }
      Parameters group = groups.get(0);
      String pack = group.text("pack", ".+", "a model pack of clip, with its text tower");
      String prompt = String.valueOf(given.given().getOrDefault("prompt", ""));
      String wanted = group.text("text", "(?s).+", "what a variant is to look like", prompt);
      List<String> others = new ArrayList<>(group.texts("among", "what else it could look like"));
      others.remove(wanted);
      if (others.isEmpty()) {
        group.problem(
            "among",
            "found nothing but \"%s\"; expected what else it could look like".formatted(wanted));
      }
      group.checkKnown();
      return new Asked(attempts, Optional.of(pack), wanted, others);
    }

    /** The editor itself where nothing is asked for. */
    Editor of(Editor editor, Editors editors) {
      return attempts == 1 && pack.isEmpty()
          ? editor
          : new RetriedEditor(
              editor, attempts, pack.map(p -> new Recogniser(editors.zeroShot(p), wanted, others)));
    }
  }

  private RetriedEditor(Editor editor, int attempts, Optional<Recogniser> recogniser) {
    this.editor = requireNonNull(editor, "editor is null");
    this.attempts = attempts;
    this.recogniser = requireNonNull(recogniser, "recogniser is null");
  }

  @Override
  public int attempts() {
    return attempts;
  }

  @Override
  public Optional<String> unlike(Picture edited, RunContext context) {
    return recogniser.flatMap(r -> r.unlike(edited, context));
  }

  @Override
  public Map<String, String> parameters() {
    Map<String, String> all = new LinkedHashMap<>(editor.parameters());
    all.put(ATTEMPTS, Integer.toString(attempts));
    recogniser.ifPresent(r -> all.put(RECOGNISE, r.describe()));
    return all;
  }

  /** The null edit is asked for nothing that could be looked for. */
  @Override
  public Optional<Editor> nullEdit() {
    return editor.nullEdit();
  }

  @Override
  public Edited edit(EditRequest request, RunContext context) {
    return editor.edit(request, context);
  }

  @Override
  public String name() {
    return editor.name();
  }

  @Override
  public int version() {
    return editor.version();
  }

  @Override
  public boolean isGlobal() {
    return editor.isGlobal();
  }

  @Override
  public boolean movesElements() {
    return editor.movesElements();
  }

  @Override
  public boolean takesOne() {
    return editor.takesOne();
  }

  @Override
  public Optional<Mask> maskIn(Segmentation elements, List<String> labels) {
    return editor.maskIn(elements, labels);
  }

  @Override
  public boolean mustChange(EditRequest request) {
    return editor.mustChange(request);
  }

  @Override
  public Optional<Removal> removal(EditRequest request) {
    return editor.removal(request);
  }

  @Override
  public Optional<OkLab> targetColour() {
    return editor.targetColour();
  }

  @Override
  public boolean isRepeatable() {
    return editor.isRepeatable();
  }
}
