package io.firesteel.spark.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class VerdictTest {
    private static Document page(Verdict verdict) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return parser.parse(new ByteArrayInputStream(verdict.toHtml()));
    }

    private static JsonNode json(Verdict verdict) throws Exception {
        return new ObjectMapper().readTree(verdict.toJson());
    }

    private static List<String> elements(Document page, String name) {
        NodeList found = page.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(Node::getTextContent)
                .toList();
    }

    @Test
    void pageSaysWhatHappenedFirstAndWhy() throws Exception {
        Document page = page(SampleVerdicts.promoted());
        assertThat(elements(page, "h1")).containsExactly("Version 8 is champion in place of version 3.");
        assertThat(elements(page, "li").get(0))
                .isEqualTo(SampleVerdicts.promoted().reasons().get(0) + ".");
        assertThat(elements(page, "li").get(1)).contains(" better than version 3's ");
        assertThat(elements(page, "title")).first().isEqualTo("ridership 2016-11-01: promoted");
    }

    @Test
    void pageHasAPictureForAllThatIsKnown() throws Exception {
        assertThat(elements(page(SampleVerdicts.promoted()), "figcaption"))
                .satisfiesExactly(
                        metric -> assertThat(metric)
                                .isEqualTo("rmse of 600 held-out rows, with 95 % intervals; lower is better"),
                        improvement -> assertThat(improvement).startsWith("How much better"),
                        slices -> assertThat(slices).isEqualTo("Slices with 95 % intervals"),
                        loss -> assertThat(loss).startsWith("Loss"),
                        drift -> assertThat(drift).startsWith("How far the columns have moved"),
                        calibration -> assertThat(calibration).startsWith("Predicted and actual"));
        assertThat(elements(page(SampleVerdicts.refused()), "figcaption"))
                .last()
                .isEqualTo("Rows by class and predicted class, of wide");
    }

    /** Names come from job files, data and people. */
    @Test
    void namesCannotBecomeMarkup() throws Exception {
        String evil = "<script>alert('1')</script>&\"";
        Verdict verdict = Verdict.builder(evil, evil, evil, Outcome.REFUSED)
                .optReasons(List.of(evil))
                .optNotes(List.of(evil))
                .optCandidate(evil)
                .optChampion(evil + 2)
                .optChecks(List.of(new DataCheck(
                        DataCheck.DRIFT,
                        Optional.of(evil),
                        DataCheck.Status.WARN,
                        evil,
                        OptionalDouble.of(0.3),
                        OptionalDouble.of(0.2))))
                .optData(Map.of(evil, evil))
                .optLineage(Map.of(evil, evil))
                .optSeconds(Map.of(evil, 1.0))
                .build();
        String html = new String(verdict.toHtml(), StandardCharsets.UTF_8);
        assertThat(html).doesNotContain("<script");
        assertThat(elements(page(verdict), "dt")).contains(evil);
        assertThat(elements(page(verdict), "script")).isEmpty();
        assertThat(json(verdict).get("job").asText()).isEqualTo(evil);
    }

    @Test
    void pageNeedsNoOtherFileAndNoScript() throws Exception {
        String html = new String(SampleVerdicts.promoted().toHtml(), StandardCharsets.UTF_8);
        assertThat(html)
                .doesNotContain("<script")
                .doesNotContain("<link")
                .doesNotContain("url(")
                .doesNotContain("src=");
        assertThat(html.length()).isLessThan(100_000);
    }

    @ParameterizedTest
    @EnumSource
    void anyOutcomeHasAPageWithoutKnowingMore(Outcome outcome) throws Exception {
        Verdict verdict =
                Verdict.builder("job", "2016-11-01", "2016-11-01", outcome).build();
        assertThat(elements(page(verdict), "h1")).hasSize(1);
        assertThat(elements(page(verdict), "figure")).isEmpty();
        assertThat(json(verdict).get("outcome").asText()).isEqualTo(outcome.label());
        assertThat(json(verdict).get("comparison").isNull()).isTrue();
    }

    @Test
    void headlinesSayWhoStays() {
        assertThat(Verdict.builder("j", "d", "r", Outcome.NOTHING_NEW)
                        .optChampion("the champion")
                        .optVersions(Map.of("the champion", 3))
                        .build()
                        .headline())
                .isEqualTo("There was nothing new to train with; the champion (version 3) stays");
        assertThat(SampleVerdicts.refused().headline()).isEqualTo("wide (version 8) wasn't promoted; version 3 stays");
    }

    @Test
    void jsonHasAllNumbers() throws Exception {
        JsonNode json = json(SampleVerdicts.promoted());
        assertThat(json.get("schema").asText()).isEqualTo("firesteel.verdict/1");
        assertThat(json.get("champion").asText()).isEqualTo("version 3");
        assertThat(json.at("/rules/metric").asText()).isEqualTo("validation.rmse");
        JsonNode comparison = json.get("comparison");
        assertThat(comparison.get("rows").asInt()).isEqualTo(600);
        assertThat(comparison.at("/models/0/name").asText()).isEqualTo("version 8");
        assertThat(comparison.at("/models/0/metrics/rmse").asDouble())
                .isEqualTo(comparison.at("/models/0/value").asDouble());
        assertThat(comparison.at("/improvements/0/interval")).hasSize(2);
        assertThat(comparison.at("/slices/0/values/version 3").asDouble()).isPositive();
        assertThat(json.at("/checks/0/status").asText()).isEqualTo("ok");
        assertThat(json.at("/history/version 8/0/metrics/train.loss").asDouble())
                .isEqualTo(1);
    }

    /** JSON has neither. */
    @Test
    void numbersThatAreNoneAreNull() throws Exception {
        Verdict verdict = Verdict.builder("j", "d", "r", Outcome.FAILED)
                .optSeconds(Map.of("training", Double.NaN))
                .build();
        assertThat(json(verdict).at("/seconds/training").isNull()).isTrue();
    }
}
