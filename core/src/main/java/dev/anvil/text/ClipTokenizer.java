package dev.anvil.text;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.ModelPack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns a text into the token ids of CLIP's text network, as Hugging Face's tokenizer does, id for
 * id (docs/model-contracts.md section 2.5).
 *
 * <p>It is read from {@code tokenizer.json}, else from {@code vocab.json} and {@code merges.txt},
 * else from OpenAI's {@code bpe_simple_vocab_16e6.txt.gz}. The padding token and the length come
 * from {@code tokenizer_config.json} and {@code special_tokens_map.json} beside it where they are.
 */
public final class ClipTokenizer {
  private static final Pattern WORDS =
      Pattern.compile(
          "<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d"
              + "|\\p{L}+|\\p{N}|[^\\s\\p{L}\\p{N}]+",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private final BytePairs pairs;
  private final Special special;
  private final Normalisation normalisation;

  /**
   * Ids with a meaning of their own.
   *
   * @param start before every text
   * @param end after every text
   * @param unknown what a piece becomes that the vocabulary does not have
   * @param pad after the end, up to a length
   * @param length tokens that the text network takes, start and end included
   */
  record Special(int start, int end, int unknown, int pad, int length) {}

  ClipTokenizer(BytePairs pairs, Special special, Normalisation normalisation) {
    this.pairs = requireNonNull(pairs, "pairs is null");
    this.special = requireNonNull(special, "special is null");
    this.normalisation = requireNonNull(normalisation, "normalisation is null");
  }

  /**
   * Reads a pack's tokenizer.
   *
   * @param subfolder where in the pack it is: {@code ""}, or for example {@code tokenizer/}
   * @throws InvalidInputException when there is none, or one of another kind
   */
  public static ClipTokenizer of(ModelPack pack, String subfolder) throws IOException {
    return TokenizerReader.read(
        pack.folder().resolve(subfolder).toString(), name -> pack.resource(subfolder + name));
  }

  /** The same tokenizer with another way to make texts uniform. */
  public ClipTokenizer with(Normalisation other) {
    return new ClipTokenizer(pairs, special, other);
  }

  /** Number of tokens that the text network takes, start and end included; 77 for CLIP. */
  public int contextLength() {
    return special.length();
  }

  /** Id of the token after every text. */
  public int endId() {
    return special.end();
  }

  /** Id that fills up a text to a length; 49407 for CLIP, 0 for Stable Diffusion 2. */
  public int padId() {
    return special.pad();
  }

  /** Start, the text's ids, end; of any length. */
  public int[] encode(String text) {
    List<Integer> ids = new ArrayList<>();
    ids.add(special.start());
    Matcher words = WORDS.matcher(normalisation.apply(text));
    while (words.find()) {
      Optional.ofNullable(pairs.ids().get(words.group()))
          .filter(id -> id == special.start() || id == special.end())
          .ifPresentOrElse(
              ids::add, () -> ids.addAll(pairs.encode(words.group(), special.unknown())));
    }
    ids.add(special.end());
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The context length's ids: a longer text is cut before the end token, a shorter one padded. */
  public int[] padded(String text) {
    return padded(text, special.length(), special.pad());
  }

  /**
   * As {@link #padded(String)}, of another length and padding.
   *
   * @param length at least 2
   */
  public int[] padded(String text, int length, int pad) {
    int[] ids = encode(text);
    int[] out = Arrays.copyOf(ids, length);
    if (ids.length > length) {
      out[length - 1] = special.end();
    } else {
      Arrays.fill(out, ids.length, length, pad);
    }
    return out;
  }
}
