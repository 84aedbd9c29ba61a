package dev.anvil.engine.service.monitor;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.run.Version;
import dev.anvil.image.PictureReader;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.PictureChange.Picture;
import dev.anvil.report.data.Thumbnail;
import dev.anvil.report.monitoring.MonitorPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes what monitoring found as a page. */
record MonitorFile(ModelView view, LaterPosts later) {
  private static final int THUMBNAIL = 240;

  void write(Evidence found, List<String> toDo, List<String> notes, Path file, RunContext context)
      throws IOException {
    if (file.getParent() != null) {
      Files.createDirectories(file.getParent());
    }
    Files.writeString(
        file,
        MonitorPage.of(
            new MonitorPage.Heading(
                view.campaign().name(),
                LocalDate.now(context.clock()),
                view.run(),
                Version.current()),
            toDo,
            found,
            thumbnails(found),
            notes));
  }

  private Map<String, Thumbnail> thumbnails(Evidence found) {
    Map<String, Post> posts =
        Stream.concat(later.posts().stream(), view.campaign().posts().stream())
            .collect(Collectors.toMap(Post::id, Function.identity(), (a, b) -> a));
    Map<String, Thumbnail> thumbnails = new HashMap<>();
    Stream.concat(found.pictures().unlike().stream(), found.pictures().leftBehind().stream())
        .map(Picture::post)
        .forEach(
            id ->
                Optional.ofNullable(posts.get(id))
                    .ifPresent(
                        p ->
                            thumbnails.put(
                                id,
                                Thumbnail.of(
                                    PictureReader.DEFAULT.read(p.picture(), p.creative()),
                                    THUMBNAIL))));
    return thumbnails;
  }
}
