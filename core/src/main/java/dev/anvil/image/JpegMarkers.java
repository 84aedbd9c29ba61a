package dev.anvil.image;

/**
 * What the markers of a JPEG file say (ITU-T T.81, annex B), without decoding it.
 *
 * @param scans passes over the pixels
 * @param hasEnd whether the marker of the picture's end is there
 */
record JpegMarkers(int scans, boolean hasEnd) {
  private static final int SCAN = 0xda;
  private static final int END = 0xd9;

  static JpegMarkers of(byte[] file) {
    int scans = 0;
    int at = 2;
    while (at + 1 < file.length) {
      int marker = file[at + 1] & 255;
      if ((file[at] & 255) != 255 || marker == 255 || marker == 0 || isAlone(marker)) {
        at += (file[at] & 255) == 255 && isAlone(marker) ? 2 : 1;
      } else if (marker == END) {
        return new JpegMarkers(scans, true);
      } else {
        scans += marker == SCAN ? 1 : 0;
        at += 2 + (at + 3 < file.length ? (file[at + 2] & 255) << 8 | (file[at + 3] & 255) : 0);
      }
    }
    return new JpegMarkers(scans, false);
  }

  /** Markers without a length: restarts within a scan, and a second beginning. */
  private static boolean isAlone(int marker) {
    return marker == 1 || (marker >= 0xd0 && marker <= 0xd8);
  }
}
