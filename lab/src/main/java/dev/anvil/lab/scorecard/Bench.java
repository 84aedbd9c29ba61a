package dev.anvil.lab.scorecard;

import dev.anvil.campaign.Post;
import dev.anvil.encode.Encoder.Block;
import dev.anvil.predict.Nuisance;
import dev.anvil.segment.Subject;
import dev.anvil.showroom.Scene;
import dev.anvil.study.PreparedStudy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that stays the same from world to world.
 *
 * @param scenes base scenes by the id of their posts
 * @param posts of all scenes; their dates and metrics do not matter
 * @param embeddings one row per post
 * @param hashes perceptual hash of each post's picture
 * @param nuisance what is taken out of embeddings
 * @param studies by the name of the method that edits: Anvil's editors, exact counterfactuals
 * @param sentences encodes what posts show in words
 */
public record Bench(
    Map<String, Scene> scenes,
    List<Post> posts,
    float[][] embeddings,
    List<Block> blocks,
    long[] hashes,
    String encoder,
    Subject subject,
    Optional<Nuisance> nuisance,
    Map<String, PreparedStudy> studies,
    Sentences sentences) {}
