package dev.anvil.packs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a model's licence from the front matter of its README or from its LICENSE file. */
final class Licences {
  private static final Pattern FRONT = Pattern.compile("\\A---\\R(.*?)\\R---", Pattern.DOTALL);
  private static final Pattern LICENCE = Pattern.compile("(?m)^license:\\s*\"?([\\w.+-]+)\"?\\s*$");
  private static final Pattern NAME =
      Pattern.compile("(?m)^license_name:\\s*\"?([\\w .+-]+?)\"?\\s*$");

  private record Licence(String sign, String name) {}

  private static final List<Licence> KNOWN =
      List.of(
          new Licence("apache license", "Apache-2.0"),
          new Licence("mit license", "MIT"),
          new Licence("permission is hereby granted, free of charge", "MIT"),
          new Licence("creativeml open rail", "CreativeML-OpenRAIL-M"),
          new Licence("gnu affero general public license", "AGPL-3.0"),
          new Licence("redistribution and use in source and binary forms", "BSD"));

  private Licences() {}

  static Optional<String> of(Path folder) throws IOException {
    Path readme = folder.resolve("README.md");
    if (Files.isRegularFile(readme)) {
      Matcher front = FRONT.matcher(text(readme));
      if (front.find()) {
        Matcher licence = LICENCE.matcher(front.group(1));
        Matcher name = NAME.matcher(front.group(1));
        if (licence.find()) {
          boolean other = licence.group(1).equals("other") && name.find();
          return Optional.of(other ? name.group(1) : licence.group(1));
        }
      }
    }
    return licenceFile(folder);
  }

  private static Optional<String> licenceFile(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(
                  f ->
                      f.getFileName()
                          .toString()
                          .toLowerCase(Locale.ROOT)
                          .matches("licen[cs]e(\\.\\w+)?"))
              .sorted(Comparator.naturalOrder())
              .toList();
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    String text = text(files.get(0)).toLowerCase(Locale.ROOT);
    return Optional.of(
        KNOWN.stream()
            .filter(k -> text.contains(k.sign))
            .findFirst()
            .map(Licence::name)
            .orElse("see " + files.get(0).getFileName()));
  }

  /** Bytes that are no UTF-8 do not matter here. */
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }
}
