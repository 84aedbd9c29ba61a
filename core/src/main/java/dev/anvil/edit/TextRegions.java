package dev.anvil.edit;

import dev.anvil.edit.Regions.Region;
import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PilResize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where lettering is likely in a picture: rows of strokes of one colour, height and width that
 * stand out from what is behind them.
 *
 * <p>A stroke is a connected part that is lighter or darker than the mean of its surroundings. At
 * least four of them in a row make a line of text; of these most must have gaps, as letters have
 * and windows, slats or kerbs have not. docs/editors.md says how often it is right. It finds
 * printed captions, signs and logos of letters that are at least eight pixels high; not
 * handwriting, joined script, single large letters, or rows that are tilted.
 */
final class TextRegions {
  /** Half the sides of the squares whose mean a stroke must stand out from, in pixels. */
  private static final int[] SURROUNDINGS = {6, 14, 32};

  /** Grey levels that a stroke differs from the mean of its surroundings. */
  private static final double STANDS_OUT = 30;

  /** Pictures with a longer side below this are looked at enlarged too, in pixels. */
  private static final int SMALL = 700;

  private static final int LEAST_HEIGHT = 6;
  private static final double MOST_HEIGHT = .3;
  private static final int LEAST_LETTERS = 4;

  /** Grey levels by which a letter's pixels differ, and letters of a line. */
  private static final double EVEN = 26;

  private static final int[][] STEPS = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};
  private static final double CONTRAST = 45;
  private static final double CUT = .85;

  /** Share of its box that a letter with gaps covers at most. */
  private static final double GAPS = .78;

  private TextRegions() {}

  /** A connected part that could be a letter. */
  private record Letter(Box box, double grey, double stroke, double filled, boolean sure) {
    double height() {
      return box.bottom() - box.top();
    }

    double width() {
      return box.right() - box.left();
    }

    boolean goesWith(Letter next) {
      double low = Math.min(height(), next.height());
      double high = Math.max(height(), next.height());
      double shared =
          Math.min(box.bottom(), next.box.bottom()) - Math.max(box.top(), next.box.top());
      double gap = next.box.left() - box.right();
      return high <= 2 * low
          && shared >= .55 * low
          && gap <= 1.1 * high
          && gap >= -.4 * high
          && Math.abs(box.bottom() - next.box.bottom()) <= .3 * high
          && Math.abs(grey - next.grey) <= EVEN
          && Math.max(stroke, next.stroke) <= 2.2 * Math.min(stroke, next.stroke);
    }
  }

  /** 1 where there is text, with a rim round it; 0 elsewhere. */
  static Mask of(Picture picture) {
    Mask found = found(picture);
    return Math.max(picture.width(), picture.height()) < SMALL
        ? found.union(halved(found(doubled(picture)), picture.width(), picture.height()))
        : found;
  }

  private static Mask found(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    float[] grey = grey(picture);
    double[] sums = sums(grey, width, height);
    float[] out = new float[width * height];
    for (int reach : SURROUNDINGS) {
      for (int sign = -1; sign <= 1; sign += 2) {
        for (List<Letter> line : lines(letters(grey, sums, width, height, reach, sign))) {
          mark(out, line, width, height);
        }
      }
    }
    return new Mask(width, height, out);
  }

  private static void mark(float[] out, List<Letter> line, int width, int height) {
    double left = line.stream().mapToDouble(l -> l.box().left()).min().orElseThrow();
    double right = line.stream().mapToDouble(l -> l.box().right()).max().orElseThrow();
    double top = line.stream().mapToDouble(l -> l.box().top()).min().orElseThrow();
    double bottom = line.stream().mapToDouble(l -> l.box().bottom()).max().orElseThrow();
    double tall = bottom - top;
    double rim = tall / 3;
    int from = (int) Math.max(0, left - tall);
    int to = (int) Math.min(width, Math.ceil(right + tall));
    for (int y = (int) Math.max(0, top - rim); y < Math.min(height, bottom + rim); y++) {
      Arrays.fill(out, y * width + from, y * width + to, 1);
    }
  }

  private static List<Letter> letters(
      float[] grey, double[] sums, int width, int height, int reach, int sign) {
    float[] out = new float[grey.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        double mean = mean(sums, width, height, x, y, reach);
        out[i] = sign * (grey[i] - mean) > STANDS_OUT ? 1 : 0;
      }
    }
    List<Letter> letters = new ArrayList<>();
    for (Region region : Regions.of(new Mask(width, height, out))) {
      double tall = region.box().bottom() - region.box().top();
      double wide = region.box().right() - region.box().left();
      if (tall >= LEAST_HEIGHT && tall <= MOST_HEIGHT * height && wide <= 3 * tall) {
        letters.add(letter(region, grey, out, width, sign));
      }
    }
    return letters;
  }

  private static Letter letter(Region region, float[] grey, float[] out, int width, int sign) {
    double sum = 0;
    int rim = 0;
    for (int i : region.pixels()) {
      sum += grey[i];
      int x = i % width;
      boolean inside =
          x > 0
              && x < width - 1
              && i >= width
              && i < out.length - width
              && out[i - 1] > 0
              && out[i + 1] > 0
              && out[i - width] > 0
              && out[i + width] > 0;
      rim += inside ? 0 : 1;
    }
    int pixels = region.pixels().length;
    Box box = region.box();
    double tall = box.bottom() - box.top();
    double mean = sum / pixels;
    double stroke = 2.0 * pixels / rim;
    return new Letter(
        box,
        mean,
        stroke,
        pixels / ((box.right() - box.left()) * tall),
        stroke <= .45 * tall
            && even(region, grey, mean)
            && isCut(region, grey, out, width, mean, sign));
  }

  /** Whether most pixels are of one grey; at their rims letters mix with what is behind them. */
  private static boolean even(Region region, float[] grey, double mean) {
    long near =
        Arrays.stream(region.pixels()).filter(i -> Math.abs(grey[i] - mean) <= EVEN).count();
    return near >= .6 * region.pixels().length;
  }

  /** Whether what is two pixels outside differs from the letter nearly all the way round. */
  private static boolean isCut(
      Region region, float[] grey, float[] out, int width, double mean, int sign) {
    int round = 0;
    int cut = 0;
    int height = out.length / width;
    for (int i : region.pixels()) {
      int x = i % width;
      int y = i / width;
      for (int[] step : STEPS) {
        int u = x + step[0];
        int v = y + step[1];
        boolean rim = u < 0 || v < 0 || u >= width || v >= height || out[v * width + u] == 0;
        if (rim) {
          int uu = Math.max(0, Math.min(width - 1, x + 2 * step[0]));
          int vv = Math.max(0, Math.min(height - 1, y + 2 * step[1]));
          round++;
          cut += sign * (mean - grey[vv * width + uu]) >= CONTRAST ? 1 : 0;
        }
      }
    }
    return cut >= CUT * round;
  }

  /** Lines of letters that are sure, each with those in doubt that go on with it. */
  private static List<List<Letter>> lines(List<Letter> letters) {
    List<Letter> all = new ArrayList<>(letters);
    all.sort(Comparator.comparingDouble(l -> l.box().left()));
    Set<Letter> used = new HashSet<>();
    List<List<Letter>> lines = new ArrayList<>();
    for (Letter first : all) {
      if (first.sure() && !used.contains(first)) {
        List<Letter> line = line(first, all.stream().filter(Letter::sure).toList());
        if (isText(line)) {
          used.addAll(line);
          lines.add(wholeOf(line, all));
        }
      }
    }
    return lines;
  }

  /** Letters that follow each other, from the left. */
  private static List<Letter> line(Letter first, List<Letter> sorted) {
    List<Letter> line = new ArrayList<>(List.of(first));
    for (Letter next : sorted) {
      if (next.box().left() > first.box().left() && line.get(line.size() - 1).goesWith(next)) {
        line.add(next);
      }
    }
    return line;
  }

  /** With the letters in doubt before, between and after. */
  private static List<Letter> wholeOf(List<Letter> line, List<Letter> sorted) {
    List<Letter> whole = new ArrayList<>(line(line.get(0), sorted));
    whole.addAll(line);
    Letter first = line.get(0);
    for (int i = sorted.size() - 1; i >= 0; i--) {
      Letter before = sorted.get(i);
      if (before.box().left() < first.box().left() && before.goesWith(first)) {
        whole.add(before);
        first = before;
      }
    }
    whole.addAll(line(line.get(line.size() - 1), sorted));
    return whole;
  }

  private static boolean isText(List<Letter> line) {
    long open = line.stream().filter(l -> l.filled() <= GAPS).count();
    long shapes = line.stream().map(l -> Math.round(4 * l.width() / l.height())).distinct().count();
    return line.size() >= LEAST_LETTERS && open >= .6 * line.size() && shapes >= 2;
  }

  private static Picture doubled(Picture picture) {
    return PilResize.resize(
        picture, 2 * picture.width(), 2 * picture.height(), PilResize.Filter.BICUBIC);
  }

  private static Mask halved(Mask mask, int width, int height) {
    float[] out = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        out[y * width + x] = mask.get(2 * x, 2 * y);
      }
    }
    return new Mask(width, height, out);
  }

  private static float[] grey(Picture picture) {
    byte[] rgb = picture.rgb();
    float[] grey = new float[rgb.length / 3];
    for (int i = 0; i < grey.length; i++) {
      grey[i] =
          .299f * (rgb[3 * i] & 255)
              + .587f * (rgb[3 * i + 1] & 255)
              + .114f * (rgb[3 * i + 2] & 255);
    }
    return grey;
  }

  /** Sums over all pixels above and left of a corner. */
  private static double[] sums(float[] grey, int width, int height) {
    double[] sums = new double[(width + 1) * (height + 1)];
    for (int y = 0; y < height; y++) {
      double row = 0;
      for (int x = 0; x < width; x++) {
        row += grey[y * width + x];
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row;
      }
    }
    return sums;
  }

  private static double mean(double[] sums, int width, int height, int x, int y, int reach) {
    int left = Math.max(0, x - reach);
    int top = Math.max(0, y - reach);
    int right = Math.min(width, x + reach + 1);
    int bottom = Math.min(height, y + reach + 1);
    int w = width + 1;
    double sum =
        sums[bottom * w + right]
            - sums[top * w + right]
            - sums[bottom * w + left]
            + sums[top * w + left];
    return sum / ((right - left) * (bottom - top));
  }
}
