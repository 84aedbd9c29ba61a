package dev.anvil.report.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.anvil.monitor.Evidence;
import dev.anvil.monitor.NextSteps;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorPageTest {
  @Test
  void saysWhatToDoThenShowsTheEvidence() {
    String html = MonitorSample.page(MonitorSample.full());

    assertThat(html)
        .contains("The model of likes needs attention")
        .contains("Posts do worse than the model expects")
        .contains("other kind than those learned from (such as &lt;b&gt;one.jpg)")
        .contains("a false alarm of any kind takes 2 years on average")
        .contains("data:image/jpeg;base64,")
        .contains("Left out &lt;one&gt; post.")
        .doesNotContain("<b>one.jpg");
    for (String id : List.of("promises", "alarms", "pictures", "fatigue", "effects", "challenge")) {
      assertThat(html).contains("<section id=\"" + id);
    }
  }

  @Test
  void adviceIsThreeSentencesAtMost() {
    assertThat(NextSteps.of(MonitorSample.full(), false)).hasSize(3);
    assertThat(NextSteps.of(MonitorSample.full(), false).get(0)).contains("audience alarm");
  }

  @Test
  void withoutLaterPostsThereIsNothingButThat() {
    String html = MonitorSample.page(MonitorSample.empty());

    assertThat(html).contains("Nothing to judge yet").contains("There are no posts after those");
    for (String id : List.of("alarms", "pictures", "fatigue")) {
      assertThat(html).doesNotContain("<section id=\"" + id);
    }
  }

  @Test
  void whatWasFoundIsReadAsItWasKept() throws Exception {
    ObjectMapper json = new ObjectMapper().registerModules(new Jdk8Module(), new JavaTimeModule());
    String kept = json.writeValueAsString(MonitorSample.full());
    assertThat(json.writeValueAsString(json.readValue(kept, Evidence.class))).isEqualTo(kept);
    assertThat(kept).contains("\"periods\"");
  }
}
