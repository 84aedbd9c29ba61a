package dev.anvil.tags;

import dev.anvil.RunContext;
import java.util.List;

/** A way to read effects of tags off posts. Same inputs, same settings: equal effects. */
public interface TagEstimator {
  /** Short name for tables, for example {@code tag-regression}. */
  String name();

  /** One effect per contrast, in the same order; those that cannot be answered are refused. */
  List<TagEffect> estimate(
      TaggedPosts posts, List<TagContrast> contrasts, RunContext context);
}
