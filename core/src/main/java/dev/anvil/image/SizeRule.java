package dev.anvil.image;

import static java.util.Objects.requireNonNull;

/** What size a picture gets before a network sees it (docs/model-contracts.md section 1.2). */
public sealed interface SizeRule {
  /** The size that a picture of this size gets. */
  Size of(Size picture);

  /** Always the same size; the aspect is not kept. */
  record Exact(Size size) implements SizeRule {
    public Exact {
      requireNonNull(size, "size is null");
    }

    @Override
    public Size of(Size picture) {
      return size;
    }
  }

  /** The shorter side gets a length; the longer one follows, rounded down. */
  record Shortest(int length) implements SizeRule {
    public Shortest {
      requireLength(length);
    }

    @Override
    public Size of(Size picture) {
      return picture.width() <= picture.height()
          ? new Size(length, (int) ((long) length * picture.height() / picture.width()))
          : new Size((int) ((long) length * picture.width() / picture.height()), length);
    }
  }

  /** The longer side gets a length; the shorter one follows, rounded to nearest. */
  record Longest(int length) implements SizeRule {
    public Longest {
      requireLength(length);
    }

    @Override
    public Size of(Size picture) {
      double scale = (double) length / Math.max(picture.width(), picture.height());
      return new Size(side(picture.width() * scale), side(picture.height() * scale));
    }

    private static int side(double length) {
      return Math.max(1, (int) (length + .5));
    }
  }

  /** As {@link Shortest}, but the longer side stays within a length. */
  record ShortestWithin(int length, int longest) implements SizeRule {
    public ShortestWithin {
      requireLength(length);
      requireLength(longest);
    }

    @Override
    public Size of(Size picture) {
      double min = Math.min(picture.width(), picture.height());
      double max = Math.max(picture.width(), picture.height());
      double side = length;
      int rounded = length;
      if (max / min * length > longest) {
        side = longest * min / max;
        rounded = (int) Math.rint(side);
      }
      if (min == rounded) {
        return picture;
      }
      int other = Math.max(1, (int) (side * max / min));
      return picture.width() < picture.height()
          ? new Size(Math.max(1, rounded), other)
          : new Size(other, Math.max(1, rounded));
    }
  }

  /** What another rule says, each side rounded up to a multiple. */
  record MultipleOf(SizeRule rule, int divisor) implements SizeRule {
    public MultipleOf {
      requireNonNull(rule, "rule is null");
      requireLength(divisor);
    }

    @Override
    public Size of(Size picture) {
      Size size = rule.of(picture);
      return new Size(up(size.width()), up(size.height()));
    }

    private int up(int side) {
      return (side + divisor - 1) / divisor * divisor;
    }
  }

  private static void requireLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("found a length of %d; expected 1".formatted(length));
    }
  }
}
