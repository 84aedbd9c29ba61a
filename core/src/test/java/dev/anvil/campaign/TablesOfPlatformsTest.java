package dev.anvil.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anvil.campaign.header.Headers;
import dev.anvil.campaign.header.Headers.Metric;
import dev.anvil.campaign.header.Headers.Part;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers as the platforms write them. */
class TablesOfPlatformsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Instagram and Facebook: Meta Business Suite
        "Publish time | Post ID | Views, Reach, Likes, Shares, Follows, Comments, Saves | like",
        "Veröffentlichungszeitpunkt | Beitrags-ID | Aufrufe, Reichweite, „Gefällt mir“-Angaben, Geteilte Inhalte, Kommentare, Gespeicherte Beiträge | like",
        "Heure de publication | Identifiant de publication | Vues, Couverture, Mentions J’aime, Partages, Commentaires, Enregistrements | like",
        "Hora de publicación | Identificador de la publicación | Visualizaciones, Alcance, Me gusta, Veces compartido, Comentarios, Veces guardado | like",
        "Publish time | Post ID | Impressions, Reach, \"Reactions, comments and shares\", Reactions | reaction",
        // Meta Ads
        "Reporting starts | Ad ID | Results, Reach, Impressions, Link clicks, CTR (link click-through rate), Clicks (all) | link click",
        "Berichtsstart | Anzeigen-ID | Ergebnisse, Reichweite, Impressionen, Link-Klicks, CTR (Link-Klickrate), Klicks (alle) | link click",
        "Début des rapports | ID de la publicité | Résultats, Couverture, Impressions, Clics sur un lien, Clics (tous) | link click",
        "Inicio del informe | Identificador del anuncio | Resultados, Alcance, Impresiones, Clics en el enlace, CTR (porcentaje de clics en el enlace), Clics (todos) | link click",
        // TikTok
        "Post time | Video ID | Total likes, Total comments, Total shares, Total views | like",
        "Date | Ad ID | Impressions, Clicks (destination), CTR (destination), Conversions | link click",
        // Google Ads
        "Day | Ad ID | Impr., Clicks, CTR, Conversions | click",
        "Tag | Anzeigen-ID | Impr., Klicks, CTR, Conversions | click",
        "Jour | ID de la publicité | Impr., Clics, CTR, Conversions | click",
        "Día | ID del anuncio | Impr., Clics, CTR, Conversiones | click",
        // LinkedIn
        "Created date | Post ID | Impressions, Views, Clicks, Click through rate (CTR), Likes, Comments, Reposts, Engagement rate | like",
        "Erstellungsdatum | Post-ID | Impressionen, Klicks, Klickrate (CTR), Reaktionen, Kommentare, Reposts | reaction",
        "Date de création | ID de publication | Impressions, Clics, Taux de clics (CTR), Réactions, Commentaires, Republications | reaction",
        "Fecha de creación | Identificador | Impresiones, Clics, Reacciones, Comentarios | reaction",
        // Pinterest
        "Created date | Pin ID | Impressions, Engagements, Pin clicks, Outbound clicks, Saves | engagement",
        "Erstellungsdatum | Pin-ID | Impressionen, Interaktionen, Pin-Klicks, Ausgehende Klicks, Gemerkt | engagement",
        "Date de création | Identifiant | Impressions, Clics sur l'épingle, Clics sortants, Enregistrements | click",
        "Fecha de creación | ID del Pin | Impresiones, Interacciones, Clics en el Pin, Clics salientes, Guardados | engagement",
        // YouTube
        "Video publish time | Content | Views, Likes, Impressions, Impressions click-through rate (%) | like",
        "Veröffentlichungszeitpunkt des Videos | Inhalte | Aufrufe, Impressionen, Klickrate der Impressionen (%) | view",
        "Heure de publication de la vidéo | Contenu | Vues, Impressions, Taux de clics des impressions (%) | view",
        "Hora de publicación del vídeo | Contenido | Visualizaciones, Impresiones, Porcentaje de clics de las impresiones (%) | view"
      })
  void areKnownByTheirHeaders(String time, String id, String metrics, String first) {
    assertThat(Headers.KNOWN.is(Part.TIME, time)).isTrue();
    assertThat(Headers.KNOWN.is(Part.ID, id)).isTrue();
    List<Optional<Metric>> known =
        List.of(metrics.split(", (?=[\\p{L}„\"])", -1)).stream()
            .filter(name -> !name.contains("comments and shares") && !name.startsWith("\""))
            .map(Headers.KNOWN::metric)
            .toList();
    assertThat(known).allMatch(Optional::isPresent);
    assertThat(
            known.stream()
                .map(Optional::orElseThrow)
                .min((a, b) -> Integer.compare(a.place(), b.place()))
                .orElseThrow()
                .word())
        .isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "Amount spent (USD)",
    "Ausgegebener Betrag (EUR)",
    "Montant dépensé (EUR)",
    "Importe gastado (EUR)",
    "Impr.",
    "Reichweite"
  })
  void exposuresAreKnown(String column) {
    assertThat(Headers.KNOWN.is(Part.EXPOSURE, column)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"Caption", "Permalink", "Beschreibung", "Campaign", "zipcode", "country"})
  void otherColumnsAreNoMetric(String column) {
    assertThat(Headers.KNOWN.metric(column)).isEmpty();
  }
}
