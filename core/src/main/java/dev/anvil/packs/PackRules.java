package dev.anvil.packs;

import dev.anvil.InvalidInputException;
import dev.anvil.packs.PackLayout.Network;
import dev.anvil.packs.Recognition.Part;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which networks make a pack of each kind, as {@link PackKind} says. */
final class PackRules {
  private PackRules() {}

  /** Features of pictures beside an encoder of texts are CLIP's other half. */
  static void pairHalves(Map<Part, Network> parts) {
    Part features = new Part(PackKind.BACKBONE, "model");
    Part vision = new Part(PackKind.CLIP, "vision");
    boolean half = parts.containsKey(new Part(PackKind.CLIP, "text")) && !parts.containsKey(vision);
    if (half && parts.containsKey(features)) {
      Network network = parts.remove(features);
      parts.put(
          vision, new Network(network.file(), vision.role(), network.inputs(), network.outputs()));
    }
  }

  /** The one kind of all parts; a diffusion may lie beside networks of other kinds. */
  static PackKind kind(Set<Part> parts, String where) {
    Set<PackKind> kinds =
        parts.stream()
            .map(Part::kind)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(PackKind.class)));
    if (kinds.size() == 1) {
      return kinds.iterator().next();
    }
    if (parts.contains(new Part(PackKind.STABLE_DIFFUSION, "vae_decoder"))) {
      return PackKind.STABLE_DIFFUSION;
    }
    throw new InvalidInputException(
        where,
        "found networks of the kinds %s; expected one kind, add them from separate folders"
            .formatted(kinds.stream().map(PackKind::text).toList()));
  }

  /** Takes out what belongs to another pack, and CLIP's combined graph where both halves are. */
  static void leaveOut(PackKind kind, Map<Part, Network> parts, List<String> notes) {
    boolean halves =
        parts.containsKey(new Part(PackKind.CLIP, "vision"))
            && parts.containsKey(new Part(PackKind.CLIP, "text"));
    Iterator<Map.Entry<Part, Network>> each = parts.entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Part, Network> entry = each.next();
      Part part = entry.getKey();
      if (part.kind() != kind) {
        notes.add(
            "left out %s, which is a %s; add it as a pack of its own"
                .formatted(entry.getValue().file(), part.kind().text()));
        each.remove();
      } else if (kind == PackKind.CLIP && part.role().equals("model") && halves) {
        notes.add(
            "left out %s, since the vision and the text network do the same"
                .formatted(entry.getValue().file()));
        each.remove();
      }
    }
  }

  /** Refuses a pack that lacks a network. */
  static void requireWhole(PackKind kind, Set<Part> parts, String where) {
    List<Set<String>> needed =
        switch (kind) {
          case CLIP -> List.of(Set.of("model", "vision", "text"));
          case SAM -> List.of(Set.of("encoder"), Set.of("decoder"));
          case STABLE_DIFFUSION ->
              List.of(
                  Set.of("text_encoder"), Set.of("unet", "controlled_unet"), Set.of("vae_decoder"));
          default -> List.of(Set.of("model"));
        };
    Set<String> roles = parts.stream().map(Part::role).collect(Collectors.toSet());
    if (kind == PackKind.STABLE_DIFFUSION && roles.equals(Set.of("text_encoder"))) {
      throw new InvalidInputException(where, Recogniser.UNPROJECTED);
    }
    List<String> missing =
        needed.stream()
            .filter(any -> any.stream().noneMatch(roles::contains))
            .map(any -> any.stream().sorted().collect(Collectors.joining(" or ")))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          where,
          "found the networks %s of a %s; expected also %s"
              .formatted(roles.stream().sorted().toList(), kind.text(), missing));
    }
  }
}
