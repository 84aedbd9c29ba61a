package dev.anvil.edit.remote;

import dev.anvil.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A form of fields and files (RFC 7578). Equal contents give equal bytes. */
final class Multipart {
  private final List<byte[]> parts = new ArrayList<>();

  Multipart field(String name, String value) {
    return add("Content-Disposition: form-data; name=\"%s\"".formatted(name), utf8(value));
  }

  Multipart png(String name, String file, byte[] png) {
    return add(
        "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: image/png"
            .formatted(name, file),
        png);
  }

  private Multipart add(String head, byte[] body) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes(utf8(head + "\r\n\r\n"));
    part.writeBytes(body);
    part.writeBytes(utf8("\r\n"));
    parts.add(part.toByteArray());
    return this;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary();
  }

  byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(utf8("--" + boundary() + "\r\n"));
      out.writeBytes(part);
    }
    out.writeBytes(utf8("--" + boundary() + "--\r\n"));
    return out.toByteArray();
  }

  /** Derived from the parts, which therefore cannot contain it by accident. */
  private String boundary() {
    StringBuilder digests = new StringBuilder();
    parts.forEach(p -> digests.append(Sha256.of(p)));
    return "anvil-" + Sha256.of(digests.toString()).substring(0, 40);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
