package io.firesteel.spark.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Distances against those of SciPy and NumPy: the facts, with the script that made them, are in drift.json. */
class DistancesTest {
    private static final JsonNode FACTS = facts();

    @TestFactory
    Stream<DynamicTest> distanceIsThatOfSciPy() {
        return samples(fact -> {
            KolmogorovSmirnov found = KolmogorovSmirnov.of(histogram(fact, "before"), histogram(fact, "now"));
            double expected = fact.get("distance").asDouble();
            assertThat(found.least()).isLessThanOrEqualTo(expected + 1e-12);
            assertThat(found.most()).isGreaterThanOrEqualTo(expected - 1e-12);
            assertThat(found.distance()).isCloseTo(expected, within(isExact(fact) ? 1e-12 : 0.01));
            assertThat(found.most() - found.least()).isLessThan(isExact(fact) ? 1e-12 : 0.06);
        });
    }

    @TestFactory
    Stream<DynamicTest> stabilityIndexIsThatOfNumPy() {
        return samples(fact -> {
            Shares shares = Shares.of(histogram(fact, "before"), histogram(fact, "now"));
            double expected = fact.get("stabilityIndex").asDouble();
            assertThat(shares.stabilityIndex())
                    .isCloseTo(expected, within(isExact(fact) ? 1e-12 : 0.02 + 0.1 * expected));
            assertThat(shares.totalVariation())
                    .isCloseTo(fact.get("totalVariation").asDouble(), within(isExact(fact) ? 1e-12 : 0.03));
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingIsFarFromItself() {
        return samples(fact -> {
            Histogram before = histogram(fact, "before");
            assertThat(KolmogorovSmirnov.of(before, before).distance()).isZero();
            assertThat(Shares.of(before, before).stabilityIndex()).isZero();
        });
    }

    @Test
    void categoriesAreComparedByTheirNames() {
        JsonNode fact = FACTS.get("categories");
        Shares shares = Shares.of(categories(fact.get("before")), categories(fact.get("now")));
        assertThat(shares.stabilityIndex()).isCloseTo(fact.get("stabilityIndex").asDouble(), within(1e-12));
        assertThat(shares.totalVariation()).isCloseTo(fact.get("totalVariation").asDouble(), within(1e-12));
    }

    @Test
    void chanceIsThatOfTheDistributions() {
        FACTS.get("chiSquare999")
                .properties()
                .forEach(quantile -> assertThat(
                                Chance.ofStabilityIndex(Integer.parseInt(quantile.getKey()) + 1, 100, 100))
                        .isCloseTo(quantile.getValue().asDouble() / 50, within(0.01)));
        assertThat(Chance.ofLargestDistance(200, 300))
                .isCloseTo(FACTS.get("kolmogorov999").asDouble() * Math.sqrt(500.0 / (200 * 300)), within(1e-6));
        assertThat(Chance.ofStabilityIndex(1, 5, 5)).isZero();
    }

    @Test
    void histogramInPartsKeepsHeavyNumbersAloneAndAllCounts() {
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            bins.add(new Bin(i, i, i == 500 ? 5000 : 1));
        }
        Histogram parts = new Histogram(bins).inParts(10);
        assertThat(parts.bins()).hasSizeLessThanOrEqualTo(21).contains(new Bin(500, 500, 5000));
        assertThat(parts.count()).isEqualTo(5999);
        assertThat(parts.bins().get(0).least()).isZero();
        assertThat(parts.bins().get(parts.bins().size() - 1).largest()).isEqualTo(999);
    }

    private static Stream<DynamicTest> samples(Consumer<JsonNode> test) {
        return StreamSupport.stream(FACTS.get("samples").spliterator(), false)
                .map(fact -> DynamicTest.dynamicTest(fact.get("name").asText(), () -> test.accept(fact)));
    }

    /** The same way that numbers of a column go. */
    private static Histogram histogram(JsonNode fact, String sample) {
        NumberBins bins = new NumberBins(4096);
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        for (JsonNode value : fact.get(sample)) {
            bins.add(value.asDouble());
            least = Math.min(least, value.asDouble());
            largest = Math.max(largest, value.asDouble());
        }
        return new Histogram(bins.bins(least, largest)).inParts(100);
    }

    private static boolean isExact(JsonNode fact) {
        return !fact.get("name").asText().startsWith("many")
                && !fact.get("name").asText().startsWith("large");
    }

    private static CategorySummary categories(JsonNode counts) {
        Map<String, Long> all = new LinkedHashMap<>();
        counts.properties()
                .forEach(count -> all.put(count.getKey(), count.getValue().asLong()));
        return CategorySummary.of(all);
    }

    private static JsonNode facts() {
        try (InputStream in = DistancesTest.class.getResourceAsStream("/facts/drift.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the facts", e);
        }
    }
}
