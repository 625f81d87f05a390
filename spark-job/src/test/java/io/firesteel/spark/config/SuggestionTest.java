package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
    private static final List<String> KNOWN = List.of("learningRate", "momentum", "type", "epochs");

    @ParameterizedTest
    @CsvSource({
        "learningRat, learningRate",
        "learning_rate, learningRate",
        "LEARNING-RATE, learningRate",
        "laerningRate, learningRate",
        "lr, learningRate",
        "tpye, type",
        "epoch, epochs",
        "momentun, momentum"
    })
    void misspeltNameFindsTheKnownOne(String name, String known) {
        assertThat(Suggestion.nearest(name, KNOWN)).contains(known);
    }

    @ParameterizedTest
    @CsvSource({"rate", "x", "tt", "gradient", "''"})
    void nameUnlikeAnyFindsNone(String name) {
        assertThat(Suggestion.nearest(name, KNOWN)).isEmpty();
    }

    @Test
    void noKnownNamesFindNone() {
        assertThat(Suggestion.nearest("type", List.of())).isEmpty();
    }

    /** Counted by hand; "ca" to "abc" is 3 with optimal string alignment, where 2 would be with free transpositions. */
    @ParameterizedTest
    @CsvSource({"'', '', 0", "'', abc, 3", "kitten, sitting, 3", "abcd, acbd, 1", "ca, abc, 3", "same, same, 0"})
    void distanceCountsEdits(String a, String b, int edits) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(edits);
        assertThat(Suggestion.distance(b, a)).isEqualTo(edits);
    }
}
