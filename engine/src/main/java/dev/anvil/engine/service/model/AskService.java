package dev.anvil.engine.service.model;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.RunContext;
import dev.anvil.ask.Answer;
import dev.anvil.ask.Asking;
import dev.anvil.ask.Asking.Limits;
import dev.anvil.ask.Question;
import dev.anvil.ask.SentenceEncoder;
import dev.anvil.campaign.Post;
import dev.anvil.campaign.PostDescriptions;
import dev.anvil.encode.TextEncoder;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.AskOutcome;
import dev.anvil.engine.request.AskRequest;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.store.Run;
import dev.anvil.tags.TagColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks a model in words. */
public final class AskService implements Service<AskRequest, AskOutcome> {
  private static final String CAPTION = "caption";
  private static final int SHOWN = 5;

  private final Parts parts;

  public AskService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<AskOutcome> accept(AskRequest asked) {
    Run fit = parts.models().fit(asked.model());
    return Work.of(
        new AskRequest(
            Optional.of(fit.id()),
            asked.first(),
            asked.second(),
            asked.sentences(),
            asked.columns()),
        Optional.empty(),
        AskOutcome.class,
        (out, context) -> answer(fit, asked, out.run(), context));
  }

  private AskOutcome answer(Run fit, AskRequest asked, long run, RunContext context)
      throws IOException {
    Question question = new Question(asked.first(), List.of(asked.second()));
    try (ModelView view = ModelView.open(parts, fit, Optional.empty())) {
      List<Post> posts = view.learned();
      List<String> sentences = sentences(posts, asked, context);
      float[][] embeddings = view.posts(context).encode(posts, context);
      Optional<Lease<TextEncoder>> texts = view.texts();
      if (texts.isPresent()) {
        try (Lease<TextEncoder> tower = texts.get()) {
          return new AskOutcome(
              run,
              claimed(
                  view,
                  Asking.joint(view.model(), posts, embeddings, sentences, tower.get(), context)
                      .ask(question, Limits.STANDARD, context)),
              "the text tower of " + view.request().encoder().text());
        }
      }
      try (Lease<SentenceEncoder> encoder = parts.networks().sentences()) {
        return new AskOutcome(
            run,
            claimed(
                view,
                Asking.learned(
                        view.model(), posts, embeddings, sentences, encoder.get()::encode, context)
                    .ask(question, Limits.STANDARD, context)),
            "an alignment learned from %d sentences, %d of them different"
                .formatted(sentences.size(), sentences.stream().distinct().count()));
      }
    }
  }

  /** An answer is of the model alone: one that explains nothing has none. */
  private static Answer claimed(ModelView view, Answer answer) {
    return view.report()
        .model()
        .skill()
        .filter(skill -> !skill.shows())
        .map(
            skill ->
                answer.refused(
                    "the pictures do not explain %s here"
                        .formatted(view.model().description().metric())))
        .orElse(answer);
  }

  private List<String> sentences(List<Post> posts, AskRequest asked, RunContext context)
      throws IOException {
    Optional<Path> file = asked.sentences();
    if (file.isPresent()) {
      return sentences(posts, PostDescriptions.read(file.get(), asked.columns()), file.get());
    }
    if (posts.stream().anyMatch(p -> p.metadata().containsKey(CAPTION))) {
      return posts.stream().map(p -> p.metadata().getOrDefault(CAPTION, "")).toList();
    }
    List<TagColumn> tags =
        PostTags.of(parts, posts, context).columns().stream()
            .filter(c -> c.name().startsWith("tag:"))
            .toList();
    return IntStream.range(0, posts.size())
        .mapToObj(
            i ->
                tags.stream()
                    .map(
                        t ->
                            (t.values().get(i).equals("yes") ? "" : "no ")
                                + t.name().substring("tag:".length()))
                    .collect(Collectors.joining(", ")))
        .toList();
  }

  private static List<String> sentences(
      List<Post> posts, PostDescriptions descriptions, Path file) {
    List<String> sentences = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Post post : posts) {
      Optional<String> sentence = descriptions.sentence(post.id());
      if (sentence.isEmpty() && problems.size() < SHOWN) {
        problems.add(new Problem(file.toString(), "says nothing of post %s".formatted(post.id())));
      }
      sentences.add(sentence.orElse(""));
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputException(problems);
    }
    return sentences;
  }
}
