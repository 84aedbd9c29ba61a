package dev.anvil.campaign;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.campaign.PictureInspector.Inspected;
import dev.anvil.campaign.format.DateColumn;
import dev.anvil.campaign.table.RawTable;
import dev.anvil.campaign.table.RawTable.RawRow;
import dev.anvil.campaign.table.TableFiles;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One reading of one file: columns, formats, rows, posts, advice. */
final class TableReading {
  private final CampaignSource source;
  private final PictureCheck check;
  private final Path file;
  private final RunContext context;
  private final PictureFinder pictures;
  private final ZoneId zone;
  private final LocalDateTime now;
  private final List<Note> notes = new ArrayList<>();
  private RawTable table;

  /**
   * Reads the table; nothing of it is decided yet.
   *
   * @param check of pictures
   */
  TableReading(CampaignSource source, Path file, PictureCheck check, RunContext context) {
    this.source = source;
    this.check = check;
    this.file = file;
    this.context = context;
    this.pictures = new PictureFinder(file, source.pictures());
    this.zone = source.formats().zone().orElse(context.clock().getZone());
    this.now = LocalDateTime.now(context.clock().withZone(zone));
    this.table = TableFiles.read(file, source.formats().sheet(), source.columns().names());
    table.notes().forEach(text -> notes.add(Note.of(text)));
  }

  /**
   * Decides, reads and gathers.
   *
   * @throws InvalidInputException as {@link CampaignReader#read} says
   */
  ReadReport report() {
    requireRows();
    ColumnResolver resolver =
        new ColumnResolver(
            table, source.columns(), pictures, new NumberStyles(table, source.formats()));
    Columns columns = resolver.resolve();
    notes.addAll(resolver.notes());
    Totals totals = new Totals(table, columns);
    List<RawRow> remarks = totals.remarks();
    Totals.note("a remark", table.unit(), remarks).ifPresent(notes::add);
    leaveOut(remarks);
    List<RawRow> left = new ArrayList<>(totals.labelled());
    leaveOut(left);
    NumberStyles numbers = new NumberStyles(table, source.formats());
    MetricColumns deciding = new MetricColumns(table, source.formats(), numbers);
    Map<String, MetricColumn> metrics = deciding.of(columns.metrics(), primary(columns));
    columns = columns.with(metrics.keySet());
    left.addAll(new Totals(table, columns).sums(metrics));
    leaveOut(left);
    Totals.note("totals", table.unit(), left).ifPresent(notes::add);
    requireRows();
    notes.addAll(deciding.notes());
    Stream.concat(columns.metrics().stream(), columns.metadata().stream())
        .flatMap(column -> numbers.currencies(column).stream())
        .forEach(notes::add);
    List<Draft> drafts = drafts(columns, numbers, metrics);
    requireUsable(drafts);
    return report(columns, metrics, drafts);
  }

  private Set<String> primary(Columns columns) {
    return DefaultMetric.primary(table, columns.metrics(), source.columns());
  }

  private void leaveOut(List<RawRow> rows) {
    Set<RawRow> out = new HashSet<>(rows);
    table = table.with(table.rows().stream().filter(row -> !out.contains(row)).toList());
  }

  private List<Draft> drafts(
      Columns columns, NumberStyles numbers, Map<String, MetricColumn> metrics) {
    Optional<DateColumn> dates = columns.time().map(column -> dates(column, numbers));
    Optional<Note> damage = columns.id().flatMap(column -> DamagedIds.of(table, column));
    damage.ifPresent(notes::add);
    RowReader rows =
        new RowReader(
            new RowReader.Setting(
                table,
                columns,
                metrics,
                primary(columns),
                numbers,
                dates,
                pictures,
                now,
                damage.isPresent()));
    List<Draft> drafts = table.rows().stream().map(rows::read).toList();
    SameNames names = new SameNames(columns.picture(), pictures, drafts);
    names.setAside();
    notes.addAll(names.notes());
    inspectPictures(drafts, columns.picture());
    SamePosts same = new SamePosts(table, columns);
    notes.addAll(RowNotes.carousels(drafts, same.mergeCarousels(drafts)));
    same.breakdown(drafts)
        .ifPresent(
            problem -> {
              throw new InvalidInputException(List.of(problem));
            });
    same.findDoubles(drafts);
    same.likeBreakdown(drafts).ifPresent(notes::add);
    notes.addAll(RowNotes.twins(same.twins(drafts), table.unit()));
    notes.addAll(RowNotes.unread(rows.unread()));
    return drafts;
  }

  private DateColumn dates(String column, NumberStyles numbers) {
    DateDecision decision = new DateDecision(table, column, zone, now.toLocalDate().plusDays(1));
    DateColumn dates = decision.decide(source.columns().dateOrder(), numbers.usual());
    decision.note().ifPresent(notes::add);
    notes.addAll(TimeNotes.of(table, column, dates));
    return dates;
  }

  private void inspectPictures(List<Draft> drafts, String column) {
    Set<Path> files = new LinkedHashSet<>();
    drafts.forEach(draft -> draft.picture.ifPresent(files::add));
    Map<Path, Inspected> inspected = new PictureInspector(check).inspect(files, context);
    for (Draft draft : drafts) {
      draft.picture.ifPresent(
          path -> {
            Inspected found = inspected.get(path);
            draft.creative = found.creative();
            found
                .problem()
                .ifPresent(
                    problem ->
                        draft.reasons.add(
                            new Complaint(column + " ", path.getFileName() + ": " + problem, "")));
          });
    }
  }

  private void requireRows() {
    if (table.rows().isEmpty()) {
      throw new InvalidInputException(
          table.file(),
          "has a header and no posts; expected one %s per post".formatted(table.unit()));
    }
  }

  private void requireUsable(List<Draft> drafts) {
    if (source.strict() || drafts.stream().noneMatch(Draft::isSound)) {
      List<Problem> problems = Causes.of(table, drafts);
      if (!problems.isEmpty()) {
        throw new InvalidInputException(problems);
      }
    }
  }

  private ReadReport report(Columns read, Map<String, MetricColumn> metrics, List<Draft> drafts) {
    List<Draft> sound = drafts.stream().filter(Draft::isSound).toList();
    Columns columns = timed(read, sound);
    Spellings spellings = Spellings.of(sound.stream().map(draft -> draft.metadata).toList());
    notes.addAll(spellings.notes());
    List<Post> posts = sound.stream().map(draft -> draft.post(spellings)).toList();
    Advising advising = new Advising(table, columns, posts, source.formats().minAge(), zone, now);
    Advice advice = advising.advice(source.columns());
    Campaign campaign = new Campaign(name(), posts, MetricColumn.kinds(metrics), advice);
    notes.addAll(advising.notes());
    notes.addAll(Completeness.notes(posts, columns));
    return new ReadReport(
        campaign,
        columns,
        table.columns(),
        examples(),
        drafts.stream().filter(draft -> !draft.reasons.isEmpty()).map(Draft::quarantined).toList(),
        Causes.of(table, drafts),
        notes);
  }

  /** Decides whether times are used; else the column is metadata. */
  private Columns timed(Columns columns, List<Draft> sound) {
    if (columns.time().isEmpty()) {
      notes.add(Note.of("no column holds dates: no trend, no temporal split", "time", "COLUMN"));
      return columns;
    }
    String column = columns.time().get();
    Optional<String> why = Timing.unusable(sound, column);
    why.ifPresent(
        reason -> {
          notes.add(Note.of(reason + ": no trend, no temporal split"));
          for (Draft draft : sound) {
            draft.metadata.put(column, table.value(draft.row, column));
            draft.time = Optional.empty();
          }
        });
    return why.isPresent() ? columns.undated() : columns;
  }

  private Map<String, String> examples() {
    Map<String, String> examples = new LinkedHashMap<>();
    for (String column : table.columns()) {
      table.known(column).stream().findFirst().ifPresent(value -> examples.put(column, value));
    }
    return examples;
  }

  private String name() {
    String name = file.getFileName().toString();
    return name.substring(0, name.lastIndexOf('.'));
  }
}
