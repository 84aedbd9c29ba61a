package dev.anvil.engine.outcome;

import dev.anvil.inside.ConceptFold;
import dev.anvil.inside.Saliency;
import java.nio.file.Path;
import java.util.List;

/** What predictions come from. */
public record ExplainOutcome(long run, List<Explanation> explanations) implements Outcome {
  public ExplainOutcome {
    explanations = List.copyOf(explanations);
  }

  /**
   * What a prediction comes from.
   *
   * @param picture its file, or the post's id
   * @param prediction in standard deviations of the target, in concepts
   * @param elements by saliency
   * @param heatMap file
   */
  public record Explanation(
      String picture,
      ConceptFold.Folded prediction,
      List<Saliency.OfElement> elements,
      Path heatMap) {
    public Explanation {
      elements = List.copyOf(elements);
    }
  }
}
