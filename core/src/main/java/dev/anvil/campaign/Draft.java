package dev.anvil.campaign;

import dev.anvil.Sha256;
import dev.anvil.campaign.table.RawTable.RawRow;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A row on its way to a post, with all that is found to be wrong with it. */
final class Draft {
  final RawRow row;
  final List<Complaint> reasons = new ArrayList<>();
  final Map<String, Double> metrics = new TreeMap<>();
  final Map<String, String> metadata = new TreeMap<>();
  Optional<String> id = Optional.empty();
  Optional<LocalDateTime> time = Optional.empty();
  Optional<Path> picture = Optional.empty();

  /** The name of that picture as the row has it. */
  String written = "";

  Optional<String> creative = Optional.empty();

  /** Pictures that the row names; the first is used. */
  int pictures = 1;

  /** Whether the row is a further picture of the post of another row. */
  boolean merged;

  Draft(RawRow row) {
    this.row = row;
  }

  boolean isSound() {
    return reasons.isEmpty() && !merged;
  }

  /** The post's own id, or one made of what sets it apart: creative, time and metadata. */
  String idOr(String identity) {
    return id.orElseGet(() -> Sha256.of(identity).substring(0, 16));
  }

  /** What two rows share only when they are about the same post; empty when not enough is known. */
  Optional<String> identity() {
    return creative.map(
        picture -> picture + "\n" + time.map(Object::toString).orElse("") + "\n" + metadata);
  }

  /** The post; what tells it apart is the row's own spelling. */
  Post post(Spellings spellings) {
    return new Post(
        idOr(identity().orElseThrow()),
        creative.orElseThrow(),
        picture.orElseThrow(),
        time,
        metrics,
        spellings.of(metadata));
  }

  Quarantined quarantined() {
    return new Quarantined(
        row.line(), row.values(), reasons.stream().map(Complaint::text).toList());
  }
}
