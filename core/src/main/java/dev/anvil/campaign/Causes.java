package dev.anvil.campaign;

import dev.anvil.Problem;
import dev.anvil.campaign.table.RawTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Why rows cannot be used: one line a cause, with the number of rows and three examples. */
final class Causes {
  private static final int EXAMPLES = 3;

  private final RawTable table;
  private final Map<String, List<Complaint>> complaints = new LinkedHashMap<>();
  private final Map<String, List<Long>> lines = new LinkedHashMap<>();

  private Causes(RawTable table) {
    this.table = table;
  }

  /** The causes, the most frequent first. */
  static List<Problem> of(RawTable table, List<Draft> drafts) {
    Causes causes = new Causes(table);
    for (Draft draft : drafts) {
      draft.reasons.forEach(reason -> causes.add(draft.row.line(), reason));
    }
    return causes.problems();
  }

  private void add(long line, Complaint complaint) {
    complaints.computeIfAbsent(complaint.cause(), key -> new ArrayList<>()).add(complaint);
    lines.computeIfAbsent(complaint.cause(), key -> new ArrayList<>()).add(line);
  }

  private List<Problem> problems() {
    return complaints.entrySet().stream()
        .sorted((a, b) -> Integer.compare(b.getValue().size(), a.getValue().size()))
        .map(entry -> problem(entry.getValue(), lines.get(entry.getKey())))
        .toList();
  }

  private Problem problem(List<Complaint> same, List<Long> at) {
    Complaint first = same.get(0);
    if (same.size() == 1) {
      return new Problem(
          table.file() + " " + table.unit() + " " + at.get(0), first.text(), first.mend());
    }
    Set<String> found =
        same.stream().map(Complaint::found).collect(Collectors.toCollection(LinkedHashSet::new));
    String examples =
        found.stream().limit(EXAMPLES).collect(Collectors.joining(", "))
            + (found.size() > EXAMPLES ? ", ..." : "");
    String where =
        at.stream().limit(EXAMPLES).map(String::valueOf).collect(Collectors.joining(", "))
            + (at.size() > EXAMPLES ? ", ..." : "");
    return new Problem(
        table.file(),
        "%d rows (%ss %s): %s"
            .formatted(same.size(), table.unit(), where, first.before() + examples + first.after()),
        first.mend());
  }
}
