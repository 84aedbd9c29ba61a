package dev.anvil.engine.service.view;

import static java.util.Objects.requireNonNull;

import dev.anvil.InvalidInputException;
import dev.anvil.NotFoundException;
import dev.anvil.campaign.Post;
import dev.anvil.engine.request.ImportRequest;
import dev.anvil.engine.service.model.FitService;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.RunFolder;
import dev.anvil.engine.service.view.GalleryPage.Row;
import dev.anvil.engine.service.view.GalleryQuery.Filter;
import dev.anvil.store.Run;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The posts of campaigns, sorted and filtered. Those that were looked at last stay in memory until
 * the campaign is imported again. Safe for use from several threads.
 */
public final class Gallery {
  private static final int KEPT = 3;

  private final Parts parts;
  private final Map<String, GalleryPosts> kept =
      new LinkedHashMap<>(KEPT, .75f, /* accessOrder= */ true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, GalleryPosts> eldest) {
          return size() > KEPT;
        }
      };

  /** The galleries of a workspace. */
  public Gallery(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * Some posts.
   *
   * @throws dev.anvil.NotFoundException when there is no such campaign or model
   * @throws InvalidInputException when it cannot be sorted so
   */
  public GalleryPage page(GalleryQuery query) {
    GalleryPosts posts = posts(query.campaign(), query.model());
    Comparator<Row> order = order(query, posts);
    List<Row> passed = posts.rows().stream().filter(row -> passes(row, query.filter())).toList();
    return new GalleryPage(
        passed.size(),
        passed.stream().sorted(order).skip(query.offset()).limit(query.limit()).toList(),
        posts.facets());
  }

  /**
   * One post of a campaign, or of the campaign as a model learned from it.
   *
   * @throws NotFoundException when there is no such post
   */
  public Post post(String campaign, Optional<Long> model, String id) {
    Post post = posts(campaign, model).byId().get(id);
    if (post == null) {
      throw new NotFoundException(
          "post \"%.80s\"".formatted(id), "is not in \"%s\"".formatted(campaign));
    }
    return post;
  }

  /** All posts of a campaign, oldest first. */
  public List<Row> rows(String campaign, Optional<Long> model) {
    return posts(campaign, model).rows();
  }

  private synchronized GalleryPosts posts(String campaign, Optional<Long> model) {
    String key = "%s\u001f%s\u001f%s".formatted(campaign, lastImport(), model);
    GalleryPosts known = kept.get(key);
    if (known == null) {
      known = load(campaign, model);
      kept.put(key, known);
    }
    return known;
  }

  private GalleryPosts load(String campaign, Optional<Long> model) {
    if (model.isEmpty()) {
      return GalleryPosts.of(parts.campaign(Optional.of(campaign)), List.of(), Map.of());
    }
    RunFolder fit = parts.artefacts(parts.models().fit(model).id());
    return GalleryPosts.of(
        FitService.campaign(fit), FitService.report(fit).posts(), FitService.postElements(fit));
  }

  private long lastImport() {
    return parts.stores().runs().list().stream()
        .filter(run -> run.request().command().equals(ImportRequest.JOB))
        .filter(run -> run.state() == Run.State.FINISHED)
        .mapToLong(Run::id)
        .max()
        .orElse(0);
  }

  private static Comparator<Row> order(GalleryQuery query, GalleryPosts posts) {
    return switch (query.sort()) {
      case "date" -> by(row -> row.time().orElse(null), query);
      case "id" -> by(Row::id, query);
      case "expected" -> by(row -> row.expected().orElse(null), query);
      case "residual" -> by(row -> row.residual().orElse(null), query);
      default -> {
        if (!posts.facets().metrics().contains(query.sort())) {
          throw new InvalidInputException(
              "sort",
              "found \"%s\"; expected date, id, expected, residual or one of %s"
                  .formatted(query.sort(), posts.facets().metrics()));
        }
        yield by(row -> row.metrics().get(query.sort()), query);
      }
    };
  }

  /** What is not known comes last in either direction. */
  private static <T extends Comparable<? super T>> Comparator<Row> by(
      Function<Row, T> value, GalleryQuery query) {
    Comparator<T> order =
        query.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
    return Comparator.comparing(value, Comparator.nullsLast(order)).thenComparing(Row::id);
  }

  private static boolean passes(Row row, Filter filter) {
    return filter.text().map(text -> holds(row, text)).orElse(true)
        && filter.element().map(row.elements()::contains).orElse(true)
        && filter.from().map(day -> !day(row).isBefore(day)).orElse(true)
        && filter.to().map(day -> !day(row).isAfter(day)).orElse(true)
        && filter.columns().entrySet().stream()
            .allMatch(e -> e.getValue().equals(row.metadata().get(e.getKey())));
  }

  private static LocalDate day(Row row) {
    return row.time().map(LocalDateTime::toLocalDate).orElse(LocalDate.MIN);
  }

  private static boolean holds(Row row, String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    return Stream.concat(Stream.of(row.id(), row.picture()), row.metadata().values().stream())
        .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(wanted));
  }
}
