package dev.anvil.lab.scorecard;

import dev.anvil.RunContext;
import dev.anvil.ask.Answer;
import dev.anvil.ask.Asking;
import dev.anvil.ask.Asking.Limits;
import dev.anvil.ask.Question;
import dev.anvil.study.effect.Effect;
import dev.anvil.study.spec.StudySpec;
import dev.anvil.tags.TagContrast;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks for levels by their phrases, by an alignment learned from what posts show in words. */
final class TextProbing {
  private static final String METHOD = "text probing";

  private TextProbing() {}

  static List<Score> scores(SimulatedCampaign campaign, StudySpec spec, Sentences sentences, RunContext context) {
    List<TagContrast> contrasts = SimulatedCampaign.contrasts(spec);
    List<Answer> answers =
        Asking.learned(
                campaign.fit().model(),
                campaign.posts(),
                campaign.embeddings(),
                words(campaign),
                sentences,
                context)
            .ask(
                contrasts.stream().map(c -> question(spec, c)).toList(),
                Limits.STANDARD,
                context);
    List<Score> scores = new ArrayList<>();
    for (int c = 0; c < contrasts.size(); c++) {
      Optional<Effect> effect = answers.get(c).effect();
      scores.add(
          campaign.score(
              METHOD,
              spec,
              contrasts.get(c),
              effect.map(Effect::relative),
              effect.filter(e -> e.verdict().claims()).isPresent()));
    }
    return scores;
  }

  private static List<String> words(SimulatedCampaign campaign) {
    return IntStream.range(0, campaign.posts().size())
        .mapToObj(
            i ->
                campaign.shown().stream()
                    .map(column -> column.name() + " " + column.values().get(i))
                    .collect(Collectors.joining(", ")))
        .toList();
  }

  private static Question question(StudySpec spec, TagContrast contrast) {
    String phrase =
        spec.factors().stream()
            .filter(f -> f.name().equals(contrast.column()))
            .findFirst()
            .orElseThrow()
            .phrase();
    return new Question(
        phrase.replace(StudySpec.LEVEL, contrast.level()),
        contrast.against().stream().map(l -> phrase.replace(StudySpec.LEVEL, l)).toList());
  }
}
