package dev.anvil.engine.service.picture;

import dev.anvil.InvalidInputException;
import dev.anvil.Phase;
import dev.anvil.RunContext;
import dev.anvil.Sha256;
import dev.anvil.campaign.Post;
import dev.anvil.edit.CheckedEdit;
import dev.anvil.edit.EditCheck;
import dev.anvil.edit.EditRequest;
import dev.anvil.edit.Edited;
import dev.anvil.edit.Editor;
import dev.anvil.encode.EncodingItem;
import dev.anvil.encode.View;
import dev.anvil.engine.outcome.WhatIfOutcome;
import dev.anvil.engine.outcome.WhatIfOutcome.Variant;
import dev.anvil.engine.request.WhatIfRequest;
import dev.anvil.engine.service.campaign.Posts;
import dev.anvil.engine.service.model.ModelView;
import dev.anvil.engine.service.model.PictureScores;
import dev.anvil.engine.service.run.OutputNames;
import dev.anvil.image.Mask;
import dev.anvil.image.Picture;
import dev.anvil.image.PictureReader;
import dev.anvil.segment.Segmentation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Variants of one picture by one editor, and what the model expects of them. */
final class WhatIf {
  private final ModelView view;
  private final Editor editor;
  private final WhatIfRequest asked;
  private final RunContext context;
  private final Post post;
  private final Picture source;
  private final Segmentation elements;
  private final Mask mask;

  WhatIf(ModelView view, Editor editor, WhatIfRequest asked, RunContext context) {
    this.view = view;
    this.editor = editor;
    this.asked = asked;
    this.context = context;
    this.post = post(view, asked.picture());
    this.source = PictureReader.DEFAULT.read(post.picture(), post.creative());
    this.elements = view.segmentations().of(post, context);
    this.mask = EditPlace.of(asked.picture(), editor, elements, asked.element());
  }

  private static Post post(ModelView view, String name) {
    Optional<Post> posted =
        view.campaign().posts().stream().filter(p -> p.id().equals(name)).findFirst();
    if (posted.isPresent()) {
      return posted.get();
    }
    if (!Files.isRegularFile(Path.of(name))) {
      throw new InvalidInputException(
          name,
          "is neither a post of \"%s\" nor a file; expected one of them"
              .formatted(view.campaign().name()));
    }
    return Posts.unposted(Path.of(name), view.campaign().last(), Map.of());
  }

  WhatIfOutcome outcome(long run) throws IOException {
    PictureScores scores = new PictureScores(view.model(), post);
    float[] untouched = view.posts(context).encode(List.of(post), context)[0];
    OutputNames names = new OutputNames();
    List<Variant> variants = new ArrayList<>();
    try (Phase phase = context.start("variants", asked.seeds().size())) {
      for (long seed : asked.seeds()) {
        Path file =
            asked
                .output()
                .orElseThrow()
                .resolve(names.next("%s-%s".formatted(run, editor.name()), post.id(), seed));
        variants.add(variant(file, seed, scores, untouched, phase.context()));
        phase.step(1);
      }
    }
    return new WhatIfOutcome(
        run,
        view.run(),
        view.model().description().metric(),
        asked.picture(),
        scores.expected(untouched),
        variants,
        notes());
  }

  private Variant variant(
      Path file, long seed, PictureScores scores, float[] untouched, RunContext step)
      throws IOException {
    EditRequest request = new EditRequest(source, elements, mask, seed);
    CheckedEdit made = CheckedEdit.of(editor, request, view.segmentations().segmenter(), step);
    Edited edited = made.edited();
    EditCheck check = made.check();
    VariantFile.write(file, edited.picture(), texts(seed), check.reasons());
    float[] after = encoded(Sha256.of(file), edited.picture(), editor, step);
    float[] control =
        editor.nullEdit().isPresent() ? control(editor.nullEdit().get(), request, step) : untouched;
    PictureScores.Change change = scores.change(control, after);
    return new Variant(
        file,
        seed,
        check.reasons(),
        check.changedShare(),
        check.outsideShare(),
        scores.expected(after),
        change.relative(),
        change.interval());
  }

  private float[] control(Editor nullEdit, EditRequest request, RunContext step) {
    Picture picture = nullEdit.edit(request, step).picture();
    return encoded(Sha256.of(picture.rgb()), picture, nullEdit, step);
  }

  /** As the model looks at it: with the main element of the source, unless elements have moved. */
  private float[] encoded(String content, Picture picture, Editor by, RunContext step) {
    String where = by.movesElements() ? "moved" : post.creative();
    return view.pipeline(step)
        .encode(
            List.of(
                new EncodingItem(
                    EncodingItem.key(
                        content,
                        view.segmentations().id() + view.model().description().subject() + where),
                    asked.picture(),
                    inner -> new View(picture, main(picture, by, inner)))),
            step)
        .orThrow()[0];
  }

  private Optional<Mask> main(Picture picture, Editor by, RunContext step) {
    Segmentation seen = by.movesElements() ? view.segmentations().fresh(picture, step) : elements;
    return view.model().description().subject().maskIn(seen);
  }

  private Map<String, String> texts(long seed) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("anvil:source", post.creative());
    texts.put("anvil:element", asked.element().toString());
    texts.put("anvil:editor", editor.name() + " " + new TreeMap<>(editor.parameters()));
    texts.put("anvil:segmenter", view.segmentations().id());
    texts.put("anvil:seed", Long.toString(seed));
    return texts;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "This is what the model expects of one picture, not corrected for bias: models shrink"
            + " effects. A study measures the effect over many pictures.");
    if (editor.nullEdit().isPresent()) {
      notes.add("The change is against the same edit with no change requested.");
    }
    return notes;
  }
}
