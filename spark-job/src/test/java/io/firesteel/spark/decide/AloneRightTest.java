package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class AloneRightTest {
    @Test
    void pValuesAreThoseOfScipysBinomialDistribution() {
        for (JsonNode fact : ComparisonFacts.read("mcnemar")) {
            AloneRight alone = new AloneRight(
                    fact.get("candidate").asLong(), fact.get("other").asLong());
            double expected = fact.get("midP").asDouble();
            assertThat(alone.pValue()).as("%s", alone).isCloseTo(expected, within(1e-10 + 1e-8 * expected));
        }
    }

    @Test
    void refusesNegativeCounts() {
        assertThatThrownBy(() -> new AloneRight(-1, 0))
                .hasMessage("Invalid rows that one alone got right: -1 and 0 (must be >= 0)");
    }
}
