package dev.anvil.engine.outcome;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A page for labelling posts that was written.
 *
 * @param page the HTML file
 * @param factor whose levels are chosen from
 * @param posts on the page
 * @param known posts of the campaign whose level the study's label file states already
 * @param labelFile that the study names already, relative to it
 */
public record LabelOutcome(
    long run, Path page, String factor, int posts, int known, Optional<String> labelFile)
    implements Outcome {}
