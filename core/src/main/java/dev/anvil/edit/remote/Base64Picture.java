package dev.anvil.edit.remote;

import java.util.Base64;

/** A picture file as text inside JSON. */
final class Base64Picture {
  private Base64Picture() {}

  /** Its bytes; a data URL's beginning is passed over. */
  static byte[] decode(Client client, String text) {
    String data = text.startsWith("data:") ? text.substring(text.indexOf(',') + 1) : text;
    try {
      return Base64.getMimeDecoder().decode(data);
    } catch (IllegalArgumentException e) {
      throw client.failure("answered with a picture that is no base64");
    }
  }
}
