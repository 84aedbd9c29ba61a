package dev.anvil.engine.service.picture;

import dev.anvil.Phase;
import dev.anvil.diffusion.Generator;
import dev.anvil.edit.Editors;
import dev.anvil.engine.network.Lease;
import dev.anvil.engine.outcome.GenerateOutcome;
import dev.anvil.engine.request.GeneratePicturesRequest;
import dev.anvil.engine.service.run.OutputNames;
import dev.anvil.engine.service.run.Parts;
import dev.anvil.engine.service.run.Service;
import dev.anvil.engine.service.run.Work;
import dev.anvil.packs.PackKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes pictures from words. */
public final class GenerateService implements Service<GeneratePicturesRequest, GenerateOutcome> {
  private final Parts parts;

  public GenerateService(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Work<GenerateOutcome> accept(GeneratePicturesRequest asked) {
    return Work.of(
        asked,
        Optional.empty(),
        GenerateOutcome.class,
        (out, context) -> {
          try (Lease<Editors> editors = parts.networks().editors();
              Phase phase =
                  context.start("generate", (long) asked.prompts().size() * asked.seeds().size())) {
            OutputNames names = new OutputNames();
            List<Path> files = new ArrayList<>();
            int made = 0;
            for (String prompt : asked.prompts()) {
              Generator generator = generator(asked, prompt, editors.get());
              for (long seed : asked.seeds()) {
                phase.context().checkCancelled();
                Path file = asked.output().resolve(names.next("picture", prompt, seed));
                Map<String, String> texts = texts(generator, seed);
                if (VariantFile.read(file, texts).isEmpty()) {
                  VariantFile.write(
                      file, generator.generate(seed, phase.context()).picture(), texts, List.of());
                  made++;
                }
                files.add(file);
                phase.step(1);
              }
            }
            return new GenerateOutcome(out.run(), made, files.size() - made, files);
          }
        });
  }

  private Generator generator(GeneratePicturesRequest asked, String prompt, Editors editors) {
    Map<String, Object> given = new LinkedHashMap<>(asked.parameters());
    given.put("prompt", prompt);
    given.put("pack", asked.pack().orElseGet(this::first));
    return editors.generator(given, asked.folder());
  }

  private String first() {
    return parts.networks().needed(PackKind.STABLE_DIFFUSION).manifest().name();
  }

  private static Map<String, String> texts(Generator generator, long seed) {
    Map<String, String> texts = new LinkedHashMap<>();
    generator.parameters().forEach((name, value) -> texts.put("anvil:" + name, value));
    texts.put("anvil:seed", Long.toString(seed));
    return texts;
  }
}
