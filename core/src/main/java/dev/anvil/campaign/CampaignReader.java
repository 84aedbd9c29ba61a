package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.PictureInspector.Inspected;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads and validates the posts that people have.
 *
 * <p>Rows that cannot be used are set aside with every reason; problems of the file or of a column
 * refuse the whole. A metric that is empty is unknown, not zero.
 */
public final class CampaignReader {
  private final PictureCheck check;

  public CampaignReader(PictureCheck check) {
    this.check = requireNonNull(check, "check is null");
  }

  /**
   * Reads a campaign, which is named after its file.
   *
   * @param context its clock tells which times lie in the future; times with a zone become local
   *     times of its zone
   * @throws InvalidInputException with all problems, when a column is missing or cannot be
   *     understood, when no row can be used, or when any cannot and the source is strict
   */
  public ReadReport read(CampaignSource source, RunContext context) {
    Clock clock = context.clock();
    Path file = TableFiles.find(source.posts());
    requireFolder(source.pictures());
    RawTable table = TableFiles.read(file);
    Columns columns = ColumnResolver.resolve(table, source.columns());
    Map<String, MetricKind> kinds = kinds(table, columns);
    TimeColumn times =
        TimeColumn.of(table, columns.time(), source.columns().dateOrder(), clock.getZone());
    RowReader rows =
        new RowReader(
            table.columns(),
            columns,
            kinds,
            times,
            new PictureFinder(file, source.pictures()),
            LocalDateTime.now(clock));
    List<Draft> drafts = table.rows().stream().map(rows::read).toList();
    inspectPictures(drafts, columns.picture(), context);
    findDuplicates(drafts, table.unit(), columns);
    requireUsable(table, drafts, source.strict());
    List<Post> posts = drafts.stream().filter(Draft::isSound).map(Draft::post).toList();
    List<String> warnings = new ArrayList<>(table.warnings());
    warnings.addAll(warnings(posts, columns));
    return new ReadReport(
        new Campaign(name(file), posts, kinds, advice(posts, kinds, source.columns())),
        columns,
        table.columns(),
        drafts.stream().filter(draft -> !draft.isSound()).map(Draft::quarantined).toList(),
        warnings);
  }

  private static Advice advice(
      List<Post> posts, Map<String, MetricKind> kinds, ColumnMapping mapping) {
    return new Advice(
        mapping.metrics().stream().findFirst().or(() -> DefaultMetric.only(posts, kinds)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static Map<String, MetricKind> kinds(RawTable table, Columns columns) {
    Map<String, MetricKind> kinds = new TreeMap<>();
    for (String metric : columns.metrics()) {
      List<String> known =
          table.known(metric).stream().filter(text -> !RowReader.isUnknown(text)).toList();
      kinds.put(metric, MetricKind.of(metric, known));
    }
    return kinds;
  }

  private static void requireFolder(Optional<Path> pictures) {
    pictures
        .filter(folder -> !folder.toFile().isDirectory())
        .ifPresent(
            folder -> {
              throw new InvalidInputException(
                  folder.toString(), "is not a folder; expected the folder of the pictures");
            });
  }

  private void inspectPictures(List<Draft> drafts, String column, RunContext context) {
    Set<Path> files = new LinkedHashSet<>();
    drafts.forEach(draft -> draft.picture.ifPresent(files::add));
    Map<Path, Inspected> inspected = new PictureInspector(check).inspect(files, context);
    for (Draft draft : drafts) {
      draft.picture.ifPresent(
          file -> {
            Inspected found = inspected.get(file);
            draft.creative = found.creative();
            found
                .problem()
                .ifPresent(
                    problem ->
                        draft.reasons.add(
                            "%s %s: %s".formatted(column, file.getFileName(), problem)));
          });
    }
  }

  /** The first sound row of a post stays; a row that is bad for other reasons claims nothing. */
  private static void findDuplicates(List<Draft> drafts, String unit, Columns columns) {
    Map<String, Long> ids = new HashMap<>();
    Map<String, Long> identities = new HashMap<>();
    for (Draft draft : drafts) {
      draft
          .id
          .map(ids::get)
          .ifPresent(
              line ->
                  draft.reasons.add(
                      "%s is \"%s\", as in %s %d; expected one row per post"
                          .formatted(columns.id().orElseThrow(), draft.id.get(), unit, line)));
      draft
          .identity()
          .map(identities::get)
          .ifPresent(
              line ->
                  draft.reasons.add(
                      "has the picture, time and metadata of %s %d; expected one row per post"
                          .formatted(unit, line)));
      if (draft.isSound()) {
        draft.id.ifPresent(id -> ids.put(id, draft.row.line()));
        draft.identity().ifPresent(identity -> identities.put(identity, draft.row.line()));
      }
    }
  }

  private static void requireUsable(RawTable table, List<Draft> drafts, boolean strict) {
    if (drafts.isEmpty()) {
      throw new InvalidInputException(
          table.file(),
          "has a header and no posts; expected one %s per post".formatted(table.unit()));
    }
    if (strict || drafts.stream().noneMatch(Draft::isSound)) {
      List<Problem> problems =
          drafts.stream()
              .flatMap(
                  draft ->
                      draft.reasons.stream()
                          .map(reason -> new Problem(table.where(draft.row), reason)))
              .toList();
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    }
  }

  private static List<String> warnings(List<Post> posts, Columns columns) {
    List<String> warnings = new ArrayList<>();
    for (String metric : columns.metrics()) {
      long unknown = posts.stream().filter(post -> post.metric(metric).isEmpty()).count();
      if (unknown > 0) {
        warnings.add("%s is not known of %d of %d posts".formatted(metric, unknown, posts.size()));
      }
    }
    Map<String, List<Post>> byCreative =
        posts.stream().collect(groupingBy(Post::creative, TreeMap::new, toList()));
    List<List<Post>> reposted =
        byCreative.values().stream().filter(same -> same.size() > 1).toList();
    if (!reposted.isEmpty()) {
      warnings.add(
          "%d of %d creatives are posted more than once, for example %s (%d posts)"
              .formatted(
                  reposted.size(),
                  byCreative.size(),
                  reposted.get(0).get(0).picture().getFileName(),
                  reposted.get(0).size()));
    }
    return warnings;
  }

  private static String name(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
