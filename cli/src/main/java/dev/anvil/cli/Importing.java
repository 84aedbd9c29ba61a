package dev.anvil.cli;

import dev.anvil.campaign.CampaignReader;
import dev.anvil.campaign.CampaignSource;
import dev.anvil.campaign.CampaignStore;
import dev.anvil.campaign.ReadReport;
import dev.anvil.image.PictureReader;
import dev.anvil.image.UnreadablePictureException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads a campaign into the workspace. */
final class Importing {
  private static final String HEALTH = "import";

  private Importing() {}

  /**
   * What a report says of an import.
   *
   * @param quarantined line and reasons of each row that was set aside
   * @param missing column to number of posts without a value
   */
  record Health(
      String campaign,
      int posts,
      List<SetAside> quarantined,
      Map<String, Integer> missing,
      int reposts,
      List<String> warnings) {}

  /** A row that was set aside. */
  record SetAside(long line, String reasons) {}

  static ReadReport run(Session session, CampaignSource source, Optional<String> name)
      throws IOException {
    ReadReport read = new CampaignReader(Importing::problem).read(source, session.context());
    ReadReport report = name.map(n -> named(read, n)).orElse(read);
    report.writeQuarantine(session.workspace().folder());
    new CampaignStore(session.workspace()).save(report.campaign(), source.posts().toString());
    session
        .workspace()
        .results()
        .put(HEALTH, report.campaign().name(), Session.json().writeValueAsString(health(report)));
    return report;
  }

  private static ReadReport named(ReadReport read, String name) {
    return new ReadReport(
        read.campaign().named(name),
        read.columns(),
        read.header(),
        read.quarantined(),
        read.warnings());
  }

  static Health health(Session session, String campaign) throws IOException {
    return Session.json()
        .readValue(session.workspace().results().get(HEALTH, campaign).orElseThrow(), Health.class);
  }

  private static Health health(ReadReport report) {
    int posts = report.campaign().posts().size();
    Map<String, Integer> missing = new TreeMap<>();
    for (String metric : report.columns().metrics()) {
      missing.put(
          metric,
          (int) report.campaign().posts().stream().filter(p -> p.metric(metric).isEmpty()).count());
    }
    int creatives =
        (int) report.campaign().posts().stream().map(p -> p.creative()).distinct().count();
    return new Health(
        report.campaign().name(),
        posts,
        report.quarantined().stream()
            .map(q -> new SetAside(q.line(), String.join("; ", q.reasons())))
            .toList(),
        missing,
        posts - creatives,
        report.warnings());
  }

  private static Optional<String> problem(Path picture, byte[] bytes) {
    try {
      PictureReader.DEFAULT.read(picture.toString(), bytes);
      return Optional.empty();
    } catch (UnreadablePictureException e) {
      return Optional.of(e.getMessage());
    }
  }
}
