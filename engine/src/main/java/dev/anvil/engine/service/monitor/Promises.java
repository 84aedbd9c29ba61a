package dev.anvil.engine.service.monitor;

import static java.util.Objects.requireNonNull;

import dev.anvil.RunContext;
import dev.anvil.campaign.Post;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.monitor.PromiseLog.Entry;
import dev.anvil.engine.service.monitor.PromiseLog.Promise;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.monitor.Kept;
import dev.anvil.monitor.Pace;
import dev.anvil.report.data.ModelResult.Coverage;
import dev.anvil.workspace.WriteLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Predictions that were kept of later posts, and what became of them.
 *
 * @param entries all that there are
 */
record Promises(LaterPosts later, Optional<Coverage> coverage, List<Entry> entries) {

  /** Predicts what was not predicted before, and keeps it. */
  static Promises of(ModelView view, Parts parts, LaterPosts later, RunContext context)
      throws IOException {
    Optional<Coverage> coverage = view.report().model().coverage();
    PromiseLog log = new PromiseLog(parts.stores().results(), view.run());
    try (WriteLock lock = parts.lockHistory()) {
      requireNonNull(lock);
      List<Entry> entries = log.entries();
      Set<String> there = new HashSet<>();
      entries.forEach(e -> there.add(e.promise().post() + " " + e.promise().creative()));
      // an import may have come since the posts were read
      Set<String> known = known(view, parts);
      List<Promise> fresh = new ArrayList<>();
      for (int i = 0; i < later.posts().size(); i++) {
        Post post = later.posts().get(i);
        if (there.add(post.id() + " " + post.creative())) {
          fresh.add(
              new Promise(
                  post.id(),
                  post.creative(),
                  context.clock().instant(),
                  later.residual(i).isPresent() || known.contains(post.id()),
                  later.predicted()[i],
                  coverage.map(Coverage::halfWidth)));
        }
      }
      return new Promises(later, coverage, log.add(entries, fresh));
    }
  }

  /** Posts whose metric is known and mature now. */
  private static Set<String> known(ModelView view, Parts parts) {
    String metric = view.model().description().metric();
    return parts.campaign(Optional.of(view.campaign().name())).mature().posts().stream()
        .filter(p -> p.metric(metric).isPresent())
        .map(Post::id)
        .collect(Collectors.toSet());
  }

  /**
   * How many intervals held what came true.
   *
   * @param known whether of posts whose metric was known when they were predicted
   */
  Optional<Kept> kept(boolean known, Pace pace) {
    Map<String, Integer> rows = later.rows();
    List<Kept.Outcome> outcomes = new ArrayList<>();
    for (Entry entry : entries) {
      Promise promise = entry.promise();
      Integer row = rows.get(promise.post());
      if (promise.known() == known
          && promise.halfWidth().isPresent()
          && row != null
          && later.posts().get(row).creative().equals(promise.creative())
          && later.residual(row).isPresent()) {
        outcomes.add(
            new Kept.Outcome(
                later.posts().get(row).time().orElseThrow(),
                later.targets()[row] - promise.target(),
                promise.halfWidth().get()));
      }
    }
    return outcomes.isEmpty()
        ? Optional.empty()
        : Optional.of(Kept.of(coverage.orElseThrow().aim(), outcomes, pace));
  }
}
