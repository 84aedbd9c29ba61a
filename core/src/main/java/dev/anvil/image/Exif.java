package dev.anvil.image;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngChunk;
import com.drew.imaging.png.PngChunkReader;
import com.drew.imaging.png.PngChunkType;
import com.drew.imaging.riff.RiffReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.lang.SequentialByteArrayReader;
import com.drew.lang.StreamReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.webp.WebpDirectory;
import com.drew.metadata.webp.WebpRiffHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * The EXIF orientation of a picture file (CIPA DC-008, tag 274), as it is stored in JPEG, PNG, WebP
 * and TIFF files. Nothing but EXIF is read, so that a compressed text or profile cannot ask for
 * much memory.
 */
final class Exif {
  private Exif() {}

  /** 1 to 8; 1 when the file says nothing that can be understood. */
  static int orientation(byte[] file, PictureFormat format) {
    Metadata metadata = new Metadata();
    try {
      switch (format) {
        case JPEG ->
            JpegMetadataReader.process(
                metadata, new ByteArrayInputStream(file), List.of(new ExifReader()));
        case PNG -> inPng(file, metadata);
        case WEBP ->
            new RiffReader()
                .processRiff(
                    new StreamReader(new ByteArrayInputStream(file)), new ExifOnly(metadata));
        case TIFF -> metadata = TiffMetadataReader.readMetadata(new ByteArrayReader(file));
        default -> {
          return 1;
        }
      }
    } catch (ImageProcessingException | IOException | RuntimeException e) {
      // Damaged metadata are no reason to refuse a picture; what was read before the damage counts.
    }
    ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
    Integer value =
        directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
    return value != null && value >= 1 && value <= 8 ? value : 1;
  }

  private static void inPng(byte[] file, Metadata metadata)
      throws ImageProcessingException, IOException {
    for (PngChunk chunk :
        new PngChunkReader()
            .extract(new SequentialByteArrayReader(file), Set.of(PngChunkType.eXIf))) {
      byte[] bytes = chunk.getBytes();
      int start =
          ExifReader.startsWithJpegExifPreamble(bytes)
              ? ExifReader.JPEG_SEGMENT_PREAMBLE.length()
              : 0;
      new ExifReader().extract(new ByteArrayReader(bytes, start), metadata);
    }
  }

  /** Leaves colour profiles and XMP alone. */
  private static final class ExifOnly extends WebpRiffHandler {
    ExifOnly(Metadata metadata) {
      super(metadata);
    }

    @Override
    public boolean shouldAcceptChunk(String fourCC) {
      return fourCC.equals(WebpDirectory.CHUNK_EXIF);
    }
  }
}
