package dev.anvil.edit;

import dev.anvil.image.Box;
import dev.anvil.image.Mask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The connected parts of a mask cut at one half. */
final class Regions {
  /**
   * One connected part.
   *
   * @param pixels indices by rows
   */
  record Region(int[] pixels, Box box) {
    Mask mask(int width, int height) {
      float[] alpha = new float[width * height];
      for (int i : pixels) {
        alpha[i] = 1;
      }
      return new Mask(width, height, alpha);
    }
  }

  private Regions() {}

  /** Parts whose pixels touch by an edge, in the order of their topmost pixel. */
  static List<Region> of(Mask mask) {
    int width = mask.width();
    int n = mask.alpha().length;
    boolean[] seen = new boolean[n];
    int[] queue = new int[n];
    List<Region> regions = new ArrayList<>();
    for (int start = 0; start < n; start++) {
      if (seen[start] || mask.alpha()[start] <= .5f) {
        continue;
      }
      int end = 0;
      seen[start] = true;
      queue[end++] = start;
      int left = width;
      int right = 0;
      int bottom = 0;
      for (int next = 0; next < end; next++) {
        int i = queue[next];
        int x = i % width;
        left = Math.min(left, x);
        right = Math.max(right, x);
        bottom = Math.max(bottom, i / width);
        int[] around = {x > 0 ? i - 1 : -1, x < width - 1 ? i + 1 : -1, i - width, i + width};
        for (int j : around) {
          if (j >= 0 && j < n && !seen[j] && mask.alpha()[j] > .5f) {
            seen[j] = true;
            queue[end++] = j;
          }
        }
      }
      int[] pixels = Arrays.copyOf(queue, end);
      int top = start / width;
      regions.add(new Region(pixels, new Box(left, top, right + 1, bottom + 1)));
    }
    return regions;
  }
}
