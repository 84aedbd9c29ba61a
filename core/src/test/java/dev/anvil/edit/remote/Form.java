package dev.anvil.edit.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.edit.remote.LocalServer.Received;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a form as a server would (RFC 7578). */
final class Form {
  private static final Pattern HEAD =
      Pattern.compile(
          "Content-Disposition: form-data; name=\"([^\"]+)\"(?:; filename=\"([^\"]+)\"\r\n"
              + "Content-Type: ([^\r]+))?");

  /** One part; file and type are empty of fields. */
  record Part(String file, String type, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private Form() {}

  static Map<String, Part> read(Received seen) {
    String type = seen.header("Content-type");
    assertThat(type).startsWith("multipart/form-data; boundary=");
    String boundary = type.substring(type.indexOf('=') + 1);
    assertThat(boundary).matches("[0-9A-Za-z'()+_,./:=?-]{1,70}");
    String body = new String(seen.body(), StandardCharsets.ISO_8859_1);
    assertThat(body).endsWith("\r\n--" + boundary + "--\r\n");
    Map<String, Part> parts = new LinkedHashMap<>();
    String[] pieces = ("\r\n" + body).split(Pattern.quote("\r\n--" + boundary), -1);
    for (int i = 1; i < pieces.length - 1; i++) {
      int gap = pieces[i].indexOf("\r\n\r\n");
      Matcher head = HEAD.matcher(pieces[i].substring(2, gap));
      assertThat(head.matches()).isTrue();
      byte[] content = pieces[i].substring(gap + 4).getBytes(StandardCharsets.ISO_8859_1);
      String file = head.group(2) == null ? "" : head.group(2);
      String of = head.group(3) == null ? "" : head.group(3);
      assertThat(parts.put(head.group(1), new Part(file, of, content))).isNull();
    }
    return parts;
  }
}
