package dev.anvil.edit;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.image.Mask;
import dev.anvil.image.OkLab;
import dev.anvil.image.OkLabPicture;
import dev.anvil.segment.Segmenter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether an edit did what it was asked to, and nothing else (docs/method.md section 3.8).
 *
 * @param reasons why the variant must not be used; none when it is valid
 * @param changedShare share of the picture whose bytes differ, 0 to 1
 * @param outsideShare share of the pixels that may not change whose bytes differ, 0 to 1; must be 0
 * @param outsideMean mean change of a channel where nothing may change, 0 to 255; must be 0
 * @param outsideMax largest such change, 0 to 255; must be 0
 * @param colour for editors that aim at a colour
 * @param traces of having been filled, for edits that take something away
 */
public record EditCheck(
    List<String> reasons,
    double changedShare,
    double outsideShare,
    double outsideMean,
    int outsideMax,
    Optional<Colour> colour,
    Optional<Traces> traces) {
  private static final double SMALLEST_MASK = .005;
  private static final double SMALLEST_REPAINT = .15;

  /** Shading alone keeps a painted body about .05 to .15 from its colour. */
  private static final double NEAR = .2;

  /* Limits of traces, measured on exact pictures of the same scene without the person: docs/editors.md. */
  private static final double MOST_SEAM = 2.3;
  private static final double LEAST_TEXTURE = .35;
  private static final double MOST_RESIDUE = .25;

  /**
   * Mean OKLab distance of the repainted region to the level's colour.
   *
   * @param before in the source
   * @param after in the variant
   */
  public record Colour(double before, double after) {}

  public EditCheck {
    reasons = List.copyOf(reasons);
    requireNonNull(colour, "colour is null");
    requireNonNull(traces, "traces is null");
  }

  public boolean valid() {
    return reasons.isEmpty();
  }

  /**
   * Checks one edit.
   *
   * @param segmenter looks again where something was taken away or put in
   */
  public static EditCheck of(
      Editor editor, EditRequest request, Edited edited, Segmenter segmenter, RunContext context) {
    EditCheck check = of(editor, request, edited);
    if (edited.refusal().isPresent()) {
      return check;
    }
    List<String> seen = new ArrayList<>();
    editor
        .removal(request)
        .ifPresent(
            r ->
                seen.addAll(r.leftovers(request.elements(), edited.picture(), segmenter, context)));
    edited
        .inserted()
        .flatMap(i -> i.missing(edited.picture(), segmenter, context))
        .ifPresent(seen::add);
    return check.with(seen);
  }

  /** The same, with how often it was tried in the reasons. */
  EditCheck after(int attempts) {
    return because(reasons.stream().map(r -> "%s (%d attempts)".formatted(r, attempts)).toList());
  }

  /** The same with more reasons. */
  EditCheck with(List<String> more) {
    List<String> all = new ArrayList<>(reasons);
    all.addAll(more);
    return because(all);
  }

  private EditCheck because(List<String> others) {
    return new EditCheck(
        others, changedShare, outsideShare, outsideMean, outsideMax, colour, traces);
  }

  /** Checks one edit without looking for its elements again. */
  public static EditCheck of(Editor editor, EditRequest request, Edited edited) {
    Difference difference = Difference.of(request, edited);
    Optional<Colour> colour = editor.targetColour().map(target -> colour(request, edited, target));
    List<String> reasons = new ArrayList<>();
    if (editor.mustChange(request)) {
      maskProblem(editor, request).ifPresent(reasons::add);
      if (difference.changed == 0 && edited.refusal().isEmpty()) {
        reasons.add("nothing changed");
      }
    }
    edited.refusal().ifPresent(reasons::add);
    if (difference.outsideMax > 0) {
      reasons.add(
          "pixels outside the changed region differ by up to %d".formatted(difference.outsideMax));
    }
    if (editor.targetColour().isPresent()) {
      double share = edited.changed().coverage() / Math.max(1e-9, request.mask().coverage());
      if (share < SMALLEST_REPAINT) {
        reasons.add(percent("paint found on only %.1f %% of the element", share));
      }
      colour
          .filter(c -> c.after() > NEAR && c.after() > .5 * c.before())
          .ifPresent(
              c ->
                  reasons.add(
                      String.format(
                          Locale.ROOT,
                          "colour not reached: OKLab distance %.3f, before %.3f",
                          c.after(),
                          c.before())));
    }
    Optional<Traces> traces =
        editor
            .removal(request)
            .map(r -> Traces.of(request.source(), edited.picture(), edited.changed()));
    traces.ifPresent(t -> reasons.addAll(faults(t)));
    return new EditCheck(
        reasons,
        difference.changed,
        difference.outsideShare,
        difference.outsideMean,
        difference.outsideMax,
        colour,
        traces);
  }

  private static List<String> faults(Traces traces) {
    List<String> faults = new ArrayList<>();
    if (traces.residue() > MOST_RESIDUE) {
      faults.add(number("what was removed shines through: residue %.2f", traces.residue()));
    }
    if (traces.seam() > MOST_SEAM) {
      faults.add(number("a seam shows: step %.1f times the usual one", traces.seam()));
    }
    if (traces.texture() < LEAST_TEXTURE) {
      faults.add(
          number("the filled place is blurred: %.2f of the detail around it", traces.texture()));
    }
    return faults;
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }

  private static Optional<String> maskProblem(Editor editor, EditRequest request) {
    double covered = request.mask().coverage();
    if (editor.isGlobal() || covered >= SMALLEST_MASK) {
      return Optional.empty();
    }
    return Optional.of(
        covered == 0
            ? "the mask is empty"
            : percent("the mask covers only %.2f %% of the picture", covered));
  }

  private static String percent(String format, double share) {
    return number(format, 100 * share);
  }

  private static Colour colour(EditRequest request, Edited edited, OkLab target) {
    Mask region = edited.changed();
    return new Colour(
        distance(OkLabPicture.of(request.source()), region, target),
        distance(OkLabPicture.of(edited.picture()), region, target));
  }

  private static double distance(OkLabPicture picture, Mask region, OkLab target) {
    double sum = 0;
    double weight = 0;
    for (int i = 0; i < region.alpha().length; i++) {
      double w = region.alpha()[i];
      if (w > 0) {
        sum += w * picture.at(i).distance(target);
        weight += w;
      }
    }
    return weight == 0 ? 0 : sum / weight;
  }

  private record Difference(
      double changed, double outsideShare, double outsideMean, int outsideMax) {
    static Difference of(EditRequest request, Edited edited) {
      byte[] before = request.source().rgb();
      byte[] after = edited.picture().rgb();
      float[] allowed = edited.changed().alpha();
      long differing = 0;
      long outside = 0;
      long outsideDiffering = 0;
      long sum = 0;
      int most = 0;
      for (int i = 0; i < allowed.length; i++) {
        int largest = 0;
        for (int c = i * 3; c < i * 3 + 3; c++) {
          int d = Math.abs((before[c] & 255) - (after[c] & 255));
          largest = Math.max(largest, d);
          sum += allowed[i] == 0 ? d : 0;
        }
        differing += largest > 0 ? 1 : 0;
        if (allowed[i] == 0) {
          outside++;
          outsideDiffering += largest > 0 ? 1 : 0;
          most = Math.max(most, largest);
        }
      }
      return new Difference(
          (double) differing / allowed.length,
          outside == 0 ? 0 : (double) outsideDiffering / outside,
          outside == 0 ? 0 : sum / (3.0 * outside),
          most);
    }
  }
}
