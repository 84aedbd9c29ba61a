package dev.anvil.campaign;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.store.PostStore;
import dev.anvil.store.StoredPost;
import dev.anvil.store.Stores;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps campaigns. */
public final class CampaignStore {
  private static final ObjectMapper JSON =
      new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
  private static final TypeReference<Map<String, Double>> METRICS = new TypeReference<>() {};
  private static final TypeReference<Map<String, MetricKind>> KINDS = new TypeReference<>() {};
  private static final TypeReference<Advice> ADVICE = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> METADATA = new TypeReference<>() {};

  /** Always as long, so that the order of texts is the order of times. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS");

  private final PostStore table;

  public CampaignStore(Stores stores) {
    this.table = requireNonNull(stores, "stores is null").posts();
  }

  /**
   * Keeps a campaign in place of the one of its name.
   *
   * @param source where it was read from, for people
   */
  public void save(Campaign campaign, String source) {
    table.save(
        campaign.name(),
        source,
        json(new TreeMap<>(campaign.kinds())),
        json(campaign.advice()),
        campaign.posts().stream().map(CampaignStore::stored).toList());
  }

  /** The campaign of a name, if there is one. */
  public Optional<Campaign> load(String name) {
    return table
        .load(name)
        .map(stored -> campaign(name, stored.stream().map(CampaignStore::post).toList()));
  }

  private Campaign campaign(String name, List<Post> posts) {
    // a campaign from before kinds were kept has none
    Map<String, MetricKind> kinds = new TreeMap<>(Campaign.suggested(posts));
    kinds.putAll(parse(table.kinds(name).orElse("{}"), KINDS));
    Advice advice = parse(table.advice(name).orElse("null"), ADVICE);
    return new Campaign(name, posts, kinds, advice);
  }

  /** Names of the campaigns, the last saved first. */
  public List<String> names() {
    return table.names();
  }

  private static StoredPost stored(Post post) {
    return new StoredPost(
        post.id(),
        post.creative(),
        post.picture().toString(),
        post.time().map(TIME::format).orElse(""),
        json(new TreeMap<>(post.metrics())),
        json(new TreeMap<>(post.metadata())));
  }

  private static Post post(StoredPost stored) {
    return new Post(
        stored.id(),
        stored.creative(),
        Path.of(stored.picture()),
        Optional.of(stored.time())
            .filter(time -> !time.isEmpty())
            .map(time -> LocalDateTime.parse(time, TIME)),
        parse(stored.metrics(), METRICS),
        parse(stored.metadata(), METADATA));
  }

  private static String json(Object values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers are always JSON", e);
    }
  }

  private static <T> T parse(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the workspace holds what is not JSON: " + json, e);
    }
  }
}
