package dev.anvil.web.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anvil.report.data.PictureLinks;
import dev.anvil.web.page.Layout.Link;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;

/** Addresses of pages: whatever a page shows is in its address. */
final class Links {
  private Links() {}

  static String campaign(String name, Optional<Long> model) {
    return "/campaign?campaign=" + encoded(name) + model.map(run -> "&model=" + run).orElse("");
  }

  static String creative(long model, String post) {
    return "/creative?model=" + model + "&post=" + encoded(post);
  }

  static String picture(String campaign, Optional<Long> model, String post, int width) {
    return "/api/picture?campaign="
        + encoded(campaign)
        + model.map(run -> "&model=" + run).orElse("")
        + "&post="
        + encoded(post)
        + (width == 0 ? "" : "&width=" + width);
  }

  /** To the pictures behind the numbers of a study's report. */
  static PictureLinks ofReport(long study, String campaign, long model) {
    String posts = campaign(campaign, Optional.of(model));
    return new PictureLinks(
        "/level?run=" + study + "&factor=",
        posts + "&element=",
        posts,
        posts + "&sort=residual&descending=true");
  }

  /** Where one can go from a page of a model. */
  static List<Link> ofModel(String campaign, long model) {
    return List.of(
        new Link(campaign, campaign(campaign, Optional.of(model))),
        new Link("Study", "/study?model=" + model),
        new Link("Score", "/score?model=" + model),
        new Link("Monitoring", "/monitor?model=" + model));
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
