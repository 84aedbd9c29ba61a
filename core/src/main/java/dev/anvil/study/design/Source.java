package dev.anvil.study.design;

import static java.util.Objects.requireNonNull;

import dev.anvil.campaign.Post;
import dev.anvil.diffusion.Generator;
import dev.anvil.image.Mask;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A creative that a study edits.
 *
 * @param post where it was published; its metadata and time go with every variant
 * @param group of near-duplicates that it belongs to
 * @param main mask of its main element, with which its variants are looked at too
 * @param words for a generated picture, what its prompt was made of; empty for a post
 */
public record Source(Post post, int group, Mask main, Optional<Words> words) {
  /**
   * What a prompt was made of.
   *
   * @param generator of the picture and its variants; its prompt has {factor} in place of each
   *     factor's word
   * @param byFactor the picture's own word for each factor
   * @param seed of the picture and its variants
   */
  record Words(Generator generator, Map<String, String> byFactor, long seed) {
    Words {
      requireNonNull(generator, "generator is null");
      byFactor = Map.copyOf(byFactor);
    }

    /** Makes the picture. */
    Generator own() {
      return filled(byFactor);
    }

    /** Makes the picture with another word for one factor. */
    Generator with(String factor, String word) {
      Map<String, String> other = new HashMap<>(byFactor);
      other.put(factor, word);
      return filled(other);
    }

    private Generator filled(Map<String, String> words) {
      String prompt = generator.recipe().prompt();
      for (Map.Entry<String, String> entry : words.entrySet()) {
        prompt = prompt.replace("{" + entry.getKey() + "}", entry.getValue());
      }
      return generator.withPrompt(prompt);
    }
  }

  public Source {
    requireNonNull(post, "post is null");
    requireNonNull(main, "main is null");
    requireNonNull(words, "words is null");
  }
}
