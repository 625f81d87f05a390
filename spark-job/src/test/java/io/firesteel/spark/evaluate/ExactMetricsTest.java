package io.firesteel.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.spark.EvaluationJob;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations that are to be exact, of metrics that are told to hold one row: so what is right can't come from rows that were held. */
@Timeout(600)
class ExactMetricsTest {
    /** {@code -Dfiresteel.facts=all} for every case. */
    private static final boolean ALL = "all".equals(System.getProperty("firesteel.facts"));

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FACTS = Path.of("../engine/src/test/resources/facts/metrics");
    private static final String SORTED =
            "(median|absoluteErrorQuantile|geometricMean|spearman|kendall|rocAuc|averagePrecision|aucPerGroup).*";

    @TempDir
    private static Path directory;

    /** SciPy's spearmanr and kendalltau, scikit-learn's median_absolute_error and NumPy's quantiles; see quantile.py. */
    @TestFactory
    Stream<DynamicTest> errorsAndRanksEqualThoseOfSciPy() throws IOException {
        return cases("quantile.json");
    }

    /** scikit-learn's roc_auc_score and average_precision_score of classes, pairs of classes, labels and groups; see ranking.py. */
    @TestFactory
    Stream<DynamicTest> areasEqualThoseOfScikitLearn() throws IOException {
        return cases("ranking.json");
    }

    @Test
    void metricOfEachOtherRowSaysThatItIsAnEstimate() throws IOException {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            rows.append("{\"p\":[%s,%s],\"y\":%d}%n".formatted(random.nextDouble(), random.nextDouble(), i % 2));
        }
        Path file = file(rows.toString());
        EvaluationReport report = silhouette(file, 10, true);
        assertThat(report.problems())
                .containsExactly(Map.entry(
                        "s",
                        "Cannot compute silhouette(exactRows=10) exactly: it compares each row with each other (50 rows, expected"
                                + " at most 10), so the value is that of a sample"));
        assertThat(report.values().get("s").number()).isBetween(-1.0, 1.0);
        assertThat(report.text()).doesNotContain("Cannot");
        assertThat(silhouette(file, 50, true).problems()).isEmpty();
        assertThat(silhouette(file, 10, false).problems()).isEmpty();
    }

    private static EvaluationReport silhouette(Path file, int held, boolean exact) {
        return evaluate(file, PredictionKind.LOGITS, List.of("s=silhouette(exactRows=" + held + ")"), exact);
    }

    /** A metric that is new here has to be sorted, or to say that it isn't exact. */
    @Test
    void allMetricsThatHoldRowsAreSortedOrSampledOrCurves() {
        for (MetricKind kind : Metrics.kinds()) {
            boolean holds = kind.parameters().stream()
                    .anyMatch(parameter -> List.of("exactRows", "samples").contains(parameter.name()));
            boolean known = kind.name().matches(SORTED + "|rocCurve|precisionRecallCurve")
                    || SampledMetrics.HELD.containsKey(kind.name());
            assertThat(!holds || known).as(kind.name()).isTrue();
        }
    }

    @Test
    void columnsThatDoNotFitAreToldOfByTheMetric() throws IOException {
        Path rows = file("{\"p\":[1.5,2.5],\"y\":1.5}\n");
        assertThat(problem(rows, "spearman")).contains("predictions or targets have several columns (2, expected 1)");
        assertThat(problem(rows, "medianAbsoluteError"))
                .contains("predictions and targets differ in columns (2, expected 1)");
    }

    @Test
    void rowsOfNoWeightHaveTheReasonOfTheMetric() throws IOException {
        Path rows = file("{\"p\":1.5,\"y\":1.5,\"w\":0}\n");
        EvaluationReport report = evaluate(rows, PredictionKind.LOGITS, List.of("spearman"), true);
        assertThat(report.problems()).containsEntry("spearman", "Cannot compute spearman: total weight of 1 rows is 0");
    }

    private static String problem(Path rows, String metric) {
        try {
            return evaluate(rows, PredictionKind.LOGITS, List.of(metric), true)
                    .problems()
                    .toString();
        } catch (RuntimeException e) {
            return e.getMessage();
        }
    }

    /** Each case costs seconds: those are left out of whose metrics there was a case each. */
    private static boolean isNews(Set<String> metrics, Map<String, Integer> seen) {
        boolean isNews = metrics.stream().anyMatch(metric -> seen.getOrDefault(metric, 0) < 1);
        metrics.forEach(metric -> seen.merge(metric, 1, Integer::sum));
        return isNews;
    }

    private static Stream<DynamicTest> cases(String facts) throws IOException {
        JsonNode cases = JSON.readTree(FACTS.resolve(facts).toFile()).get("cases");
        Map<String, Integer> seen = new HashMap<>();
        return StreamSupport.stream(cases.spliterator(), false)
                .filter(one -> ALL || isNews(expected(one).keySet(), seen))
                .filter(one -> !expected(one).isEmpty())
                .map(one -> dynamicTest(one.get("case").asText(), () -> check(one)));
    }

    /** Of metrics for which rows are sorted, by their texts. */
    private static Map<String, JsonNode> expected(JsonNode one) {
        Map<String, JsonNode> expected = new HashMap<>();
        one.get("expected").properties().stream()
                .filter(fact -> fact.getKey().matches(SORTED))
                .forEach(fact -> expected.put(fact.getKey(), fact.getValue()));
        return expected;
    }

    private static void check(JsonNode one) throws IOException {
        Map<String, JsonNode> expected = expected(one);
        PredictionKind kind = PredictionKind.valueOf(one.path("kind").asText("LOGITS"));
        Path rows = file(rows(one));
        List<String> metrics =
                expected.keySet().stream().map(ExactMetricsTest::ofOneRow).toList();
        EvaluationReport report = evaluate(rows, kind, metrics, true);
        EvaluationReport held = evaluate(rows, kind, List.copyOf(expected.keySet()), false);
        expected.forEach((text, value) -> {
            String name = ofOneRow(text);
            if (value.isNull()) {
                assertThat(report.problems().get(name).replaceAll("[(,]exactRows=1[)]", ""))
                        .isEqualTo(held.problems().get(text).replaceAll("[)](?=:)", ""));
            } else {
                assertThat(report.problems()).doesNotContainKey(name);
                equal(name, report.values().get(name), value);
            }
        });
    }

    private static void equal(String name, MetricValue value, JsonNode expected) {
        List<Double> numbers = List.copyOf(value.flatten("").values());
        List<Double> wanted = new ArrayList<>();
        if (expected.isArray()) {
            expected.forEach(number -> wanted.add(number.asDouble()));
        } else {
            wanted.add(expected.asDouble());
        }
        assertThat(numbers).as(name).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(numbers.get(i)).as(name).isCloseTo(wanted.get(i), within(1e-12 * Math.max(1, wanted.get(i))));
        }
    }

    private static String ofOneRow(String text) {
        return text.endsWith(")") ? text.replaceAll("[)]$", ",exactRows=1)") : text + "(exactRows=1)";
    }

    private static String rows(JsonNode one) {
        int columns = one.path("columns").asInt(1);
        JsonNode labels = one.has("classes") ? one.get("classes") : one.get("targets");
        int labelColumns = one.path("targetColumns").asInt(1);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < labels.size() / labelColumns; i++) {
            ObjectNode row = JSON.createObjectNode();
            row.set("p", part(one.get("predictions"), i, columns));
            row.set("y", part(labels, i, labelColumns));
            row.set(
                    "w",
                    one.has("weights")
                            ? one.get("weights").get(i)
                            : JSON.getNodeFactory().numberNode(1.0));
            row.put("g", one.has("groups") ? one.get("groups").get(i).asText() : "all");
            rows.append(row).append('\n');
        }
        return rows.toString();
    }

    private static JsonNode part(JsonNode numbers, int row, int columns) {
        ArrayNode part = JSON.createArrayNode();
        for (int i = 0; i < columns; i++) {
            JsonNode number = numbers.get(row * columns + i);
            part.add(number.isTextual() ? JSON.getNodeFactory().numberNode(number.asDouble()) : number);
        }
        return part;
    }

    private static Path file(String rows) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "rows", ".json"), rows);
    }

    private static EvaluationReport evaluate(Path rows, PredictionKind kind, List<String> metrics, boolean exact) {
        SharedSpark.session();
        boolean weighted = read(rows).contains("\"w\"");
        boolean grouped = read(rows).contains("\"g\"");
        PredictionColumns columns = PredictionColumns.parse(
                "prediction=p,label=y" + (weighted ? ",weight=w" : "") + (grouped ? ",group=g" : ""));
        EvaluationRequest request = new EvaluationRequest(
                rows.toString(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                columns,
                metrics,
                Optional.of(kind),
                exact);
        return new EvaluationJob(request, Optional.empty(), Optional.empty()).run();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
