package dev.anvil.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text is made uniform before it is cut into tokens (docs/model-contracts.md section 2.5,
 * step 1).
 */
public enum Normalisation {
  /** NFC, white space to single spaces, lower case: what {@code tokenizer.json} asks for. */
  HUGGING_FACE {
    @Override
    String apply(String text) {
      return lower(Normalizer.normalize(SPACES.matcher(text).replaceAll(" "), Normalizer.Form.NFC));
    }
  },
  /**
   * As OpenAI's own code: entities of HTML are read (the named ones of XML and {@code nbsp}, and
   * all numbered ones), full-width characters and ligatures are spelled plainly, quotation marks
   * are straightened, control characters are dropped. Text in a wrong encoding is not repaired.
   */
  OPENAI {
    @Override
    String apply(String text) {
      String plain = unescape(unescape(text));
      plain = WIDE.matcher(plain).replaceAll(m -> nfkc(m.group()));
      plain = SINGLE_QUOTES.matcher(plain).replaceAll("'");
      plain = DOUBLE_QUOTES.matcher(plain).replaceAll("\"");
      plain = CONTROLS.matcher(plain).replaceAll("");
      plain = Normalizer.normalize(plain, Normalizer.Form.NFC);
      return SPACES.matcher(plain).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
    }
  };

  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern ENTITY = Pattern.compile("&(?:#(\\d+)|#[xX](\\p{XDigit}+)|(\\w+));");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0");
  private static final Pattern WIDE = Pattern.compile("[\uff01-\uffef\u3000\ufb00-\ufb06]");
  private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u2018-\u201b]");
  private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201c-\u201f]");
  private static final Pattern CONTROLS = Pattern.compile("[\\x00-\\x08\\x0b\\x0e-\\x1f\\x7f]");

  abstract String apply(String text);

  /** Each character on its own, so that a sigma is never final. */
  private static String lower(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints().forEach(c -> out.append(Character.toString(c).toLowerCase(Locale.ROOT)));
    return out.toString();
  }

  private static String nfkc(String text) {
    return Matcher.quoteReplacement(Normalizer.normalize(text, Normalizer.Form.NFKC));
  }

  private static String unescape(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(character(m).orElse(m.group())));
  }

  private static Optional<String> character(MatchResult entity) {
    if (entity.group(3) != null) {
      return Optional.ofNullable(NAMED.get(entity.group(3)));
    }
    boolean decimal = entity.group(1) != null;
    String digits = decimal ? entity.group(1) : entity.group(2);
    if (digits.length() > 7) {
      return Optional.empty();
    }
    int codePoint = Integer.parseInt(digits, decimal ? 10 : 16);
    return Character.isValidCodePoint(codePoint)
        ? Optional.of(Character.toString(codePoint))
        : Optional.empty();
  }
}
