package dev.anvil.cli;

import dev.anvil.InvalidInputException;
import dev.anvil.Problem;
import dev.anvil.ask.Answer;
import dev.anvil.ask.Asking;
import dev.anvil.ask.Question;
import dev.anvil.ask.SentenceEncoder;
import dev.anvil.campaign.Post;
import dev.anvil.campaign.PostDescriptions;
import dev.anvil.encode.CampaignEncoder;
import dev.anvil.encode.TextEncoder;
import dev.anvil.predict.FittedModel;
import dev.anvil.store.Run;
import dev.anvil.tags.TagColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks the model in use in words. */
final class AskQuestions {
  private static final String CAPTION = "caption";
  private static final int TOLD = 5;

  private AskQuestions() {}

  /**
   * An answer.
   *
   * @param words how words and pictures are brought together
   */
  record Answered(Answer answer, String words) {}

  static Answered ask(
      Session session,
      String first,
      String second,
      Optional<Path> file,
      List<String> columns,
      Asking.Limits limits)
      throws IOException {
    Run fit = session.model();
    FittedModel model = FittedModel.load(session.workspace(), fit.id());
    session.follow(fit);
    session.follow(model);
    List<Post> posts = Fitting.learned(session.workspace(), fit, model);
    List<String> sentences = sentences(session, posts, file, columns);
    float[][] embeddings =
        new CampaignEncoder(
                session.pipeline(), session.segmentations(), model.description().subject())
            .encode(posts, session.context());
    Optional<TextEncoder> texts = session.texts();
    if (texts.isPresent()) {
      return new Answered(
          Asking.joint(model, posts, embeddings, sentences, texts.get())
              .ask(new Question(first, List.of(second)), limits, session.context()),
          "the text tower of " + model.description().pack());
    }
    try (SentenceEncoder encoder = SentenceEncoder.open(session.threads())) {
      return new Answered(
          Asking.learned(model, posts, embeddings, sentences, encoder::encode)
              .ask(new Question(first, List.of(second)), limits, session.context()),
          "an alignment learned from %d sentences, %d of them different"
              .formatted(sentences.size(), sentences.stream().distinct().count()));
    }
  }

  private static List<String> sentences(
      Session session, List<Post> posts, Optional<Path> file, List<String> columns)
      throws IOException {
    if (file.isPresent()) {
      return sentences(posts, PostDescriptions.read(file.get(), columns), file.get());
    }
    if (posts.stream().anyMatch(p -> p.metadata().containsKey(CAPTION))) {
      return posts.stream().map(p -> p.metadata().getOrDefault(CAPTION, "")).toList();
    }
    List<TagColumn> tags =
        PostTags.of(session, posts).columns().stream()
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
      if (sentence.isEmpty() && problems.size() < TOLD) {
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
