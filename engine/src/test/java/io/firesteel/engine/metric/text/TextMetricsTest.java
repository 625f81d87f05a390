package io.firesteel.engine.metric.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.firesteel.engine.metric.LawCase;
import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricFacts;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricLaws;
import io.firesteel.engine.metric.MetricRows;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.NotComputableException;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.RowSource;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextMetricsTest {
    private static final String[] WORDS = "the a cat dog sat on mat and is there".split(" ", -1);

    @TestFactory
    Stream<DynamicTest> valuesAreThoseOfNltk() {
        return MetricFacts.tests("metrics/text.json");
    }

    @TestFactory
    Stream<DynamicContainer> laws() {
        return MetricLaws.of(
                texts("bleu"),
                texts("bleu(n=2,smoothing=smooth1)"),
                texts("bleu(n=2,average=micro)"),
                texts("rouge"),
                texts("rougeN"),
                texts("rougeL"),
                texts("rougeN(n=1,multiref=best,alpha=0.5)"),
                texts("characterErrorRate"),
                texts("wordErrorRate"),
                LawCase.ofSums(Metrics.of("perplexity"), RowSource.classified(4)),
                LawCase.ofSums(Metrics.of("perplexity(ignoreIndex=2)"), RowSource.classified(3)),
                LawCase.ofSums(Metrics.of("lossPerplexity"), RowSource.classified(3)));
    }

    private static LawCase<?> texts(String metric) {
        return LawCase.ofSums(Metrics.of(metric), TextMetricsTest::randomTexts);
    }

    private static MetricRows randomTexts(Random random, int count) {
        List<String> written = new ArrayList<>();
        List<List<String>> wanted = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            written.add(sentence(random));
            wanted.add(Stream.generate(() -> sentence(random))
                    .limit(1 + random.nextInt(2))
                    .toList());
        }
        return new MetricRows(count).texts(written, wanted).weights(RowSource.quarters(random, count));
    }

    private static String sentence(Random random) {
        int words = random.nextInt(9);
        return String.join(
                " ",
                Stream.generate(() -> WORDS[random.nextInt(WORDS.length)])
                        .limit(words)
                        .toList());
    }

    /** The example in Ignite's documentation. */
    @Test
    void bleuOfOneWordRepeatedIsThatOfTheManual() {
        MetricValue bleu = value(
                "bleu(smoothing=smooth1)",
                "the the the the the the the",
                "the cat is on the mat",
                "there is a cat on the mat");
        assertThat(bleu.number()).isCloseTo(0.0393, within(5e-5));
    }

    /** The examples in Ignite's documentation. */
    @Test
    void rougeOfTwoReferencesIsThatOfTheManual() {
        String[] references = {"the cat is on the mat", "there is a cat on the mat"};
        assertThat(value("rougeN(n=2,multiref=best)", "the cat is not there", references)
                        .flatten("m"))
                .isEqualTo(Map.of("m.Rouge-2-P", 0.5, "m.Rouge-2-R", 0.4, "m.Rouge-2-F", 0.4));
        assertThat(value("rougeL(multiref=best)", "the cat is not there", references)
                        .flatten("m"))
                .isEqualTo(Map.of("m.Rouge-L-P", 0.6, "m.Rouge-L-R", 0.5, "m.Rouge-L-F", 0.5));
    }

    @Test
    void errorRateTakesTheReferenceWithTheLowestRate() {
        assertThat(value("wordErrorRate", "a b c", "a", "a b x y").number()).isEqualTo(0.5);
        assertThat(value("wordErrorRate", "a b c", "", "a b x y").number()).isEqualTo(0.5);
        assertThat(value("wordErrorRate", "a b c", "a").number()).isEqualTo(2);
    }

    @Test
    void characterOutsideTheBasicPlaneIsOne() {
        assertThat(value("characterErrorRate", "\uD83D\uDE00", "\uD83D\uDE01").number())
                .isEqualTo(1);
    }

    @Test
    void referencesThatAreAllEmptyHaveNoErrorRate() {
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value("wordErrorRate", "a", " "))
                .withMessage("Cannot compute wordErrorRate: all references are empty (1 rows, expected a reference with"
                        + " text)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bleu", "bleu(average=micro)", "rouge", "characterErrorRate", "wordErrorRate"})
    void rowsThatAllWeighNothingHaveNoValue(String metric) {
        MetricRows rows =
                new MetricRows(1).texts(List.of("a"), List.of(List.of("a"))).weights(0);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of(metric), rows))
                .withMessage("Cannot compute " + metric + ": total weight of 1 rows is 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bleu", "rouge", "wordErrorRate"})
    void rowWithoutReferenceIsRefused(String metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(metric, "a"))
                .withMessage("Invalid references: 0 in row 0 of a batch (must be at least 1)");
    }

    @Test
    void batchWithoutTextsIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> value(Metrics.of("bleu"), new MetricRows(1)))
                .withMessage("Cannot read texts: the batch has none");
    }

    @Test
    void tokenOutOfRangeIsRefused() {
        MetricRows rows = new MetricRows(1).predictions(2, 0, 1).classes(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> value(Metrics.of("perplexity"), rows))
                .withMessage("Invalid class: 2 in row 0 of a batch (must be in [0, 2), or ignoreIndex for padding)");
    }

    @Test
    void paddingHasNoPerplexity() {
        MetricRows rows = new MetricRows(2).predictions(2, 0, 1, 1, 0).classes(-100, -100);
        assertThatExceptionOfType(NotComputableException.class)
                .isThrownBy(() -> value(Metrics.of("perplexity"), rows))
                .withMessage("Cannot compute perplexity: total weight of 2 rows is 0");
    }

    @Test
    void tokenOfProbabilityZeroMakesPerplexityInfinite() {
        MetricRows rows = new MetricRows(1)
                .kind(PredictionKind.PROBABILITIES)
                .predictions(2, 0, 1)
                .classes(0);
        assertThat(value(Metrics.of("perplexity"), rows).number()).isInfinite();
    }

    @Test
    void microScoresOfOneLengthShareCounts() {
        assertThat(Metrics.of("bleu(average=micro)").stateName())
                .isEqualTo(Metrics.of("bleu(average=micro,smoothing=smooth2)").stateName())
                .isNotEqualTo(Metrics.of("bleu(average=micro,n=2)").stateName());
    }

    private static MetricValue value(String metric, String written, String... references) {
        return value(Metrics.of(metric), new MetricRows(1).texts(List.of(written), List.of(List.of(references))));
    }

    private static <S> MetricValue value(Metric<S> metric, MetricRows rows) {
        MetricInput input = rows.all();
        S state = metric.zero();
        metric.update(state, input);
        return metric.compute(state);
    }
}
