package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.spark.SharedSpark;
import io.firesteel.spark.config.PromotionRules;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** From rows in partitions to a decision. Labels are of two classes, regions of four kinds. */
class DecisionOnSparkTest {
    private static final int ROWS = 2000;
    private static final List<Contestant> MODELS =
            List.of(Contestant.candidate("version 2"), Contestant.champion("version 1"));

    /** How a candidate is made of the labels; the champion's scores scatter by 1.5. */
    private enum Planted {
        BETTER(1),
        WORSE(2.5),
        EQUAL(1.5),
        BETTER_BUT_IN_ONE_REGION(0.7),
        TRAINED_ON_SHUFFLED_LABELS(1);

        private final double scatter;

        Planted(double scatter) {
            this.scatter = scatter;
        }

        ScoredRows rows() {
            double[] labels = new Random(1).ints(ROWS, 0, 2).asDoubleStream().toArray();
            String[] regions =
                    IntStream.range(0, ROWS).mapToObj(row -> "region" + row % 4).toArray(String[]::new);
            double[] champion = scores(labels, 1.5, 3);
            double[] candidate = this == EQUAL ? champion : scores(learnt(labels), scatter, 2);
            for (int row = 0; row < ROWS && this == BETTER_BUT_IN_ONE_REGION; row += 4) {
                candidate[row] = new Random(row).nextGaussian();
            }
            return ScoredRows.ofClasses(labels).model(candidate).model(champion).group(regions);
        }

        private double[] learnt(double[] labels) {
            return this == TRAINED_ON_SHUFFLED_LABELS
                    ? new Random(4).ints(ROWS, 0, 2).asDoubleStream().toArray()
                    : labels;
        }

        private static double[] scores(double[] labels, double scatter, long seed) {
            Random random = new Random(seed);
            return Arrays.stream(labels)
                    .map(label -> 2 * label - 1 + scatter * random.nextGaussian())
                    .toArray();
        }
    }

    private static Rules rules() {
        return Rules.by("auc").slice("region", 0.05, 30);
    }

    private static Decision decide(Planted planted, PromotionRules rules, int partitions) {
        ComparisonFold fold = new ComparisonFold(ComparisonPlan.of(rules, MODELS, List.of("auc", "accuracy"), 5));
        JavaRDD<byte[]> states = new JavaSparkContext(SharedSpark.session().sparkContext())
                .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
                .map(partition -> fold.fold(planted.rows()
                                .batches(ROWS * partition / partitions, ROWS * (partition + 1) / partitions))
                        .toBytes());
        return Promotion.decide(rules, fold.compare(states));
    }

    @Test
    void aBetterCandidateIsPromoted() {
        Decision decision = decide(Planted.BETTER, rules().build(), 3);
        assertThat(decision.reasons()).as("%s", decision).hasSize(1);
        assertThat(decision.promoted()).isTrue();
    }

    @Test
    void manyPartitionsDecideAsOne() {
        assertThat(decide(Planted.BETTER, rules().build(), 40)).isEqualTo(decide(Planted.BETTER, rules().build(), 1));
    }

    @Test
    void aWorseOneIsRefused() {
        assertThat(decide(Planted.WORSE, rules().build(), 2).promoted()).isFalse();
    }

    @Test
    void anEqualOneIsRefusedUnlessItMayBeALittleWorse() {
        assertThat(decide(Planted.EQUAL, rules().build(), 2).promoted()).isFalse();
        assertThat(decide(Planted.EQUAL, rules().mustImprove(-0.01).build(), 2).promoted())
                .isTrue();
    }

    @Test
    void oneThatIsBadInARegionIsRefusedForThatAlone() {
        Decision decision = decide(Planted.BETTER_BUT_IN_ONE_REGION, rules().build(), 2);
        assertThat(decision.reasons()).hasSize(1);
        assertThat(decision.reason()).startsWith("where region=region0 (500 rows) validation.auc is 0.");
    }

    @Test
    void oneThatLearntShuffledLabelsIsRefused() {
        Decision decision =
                decide(Planted.TRAINED_ON_SHUFFLED_LABELS, rules().minimum(0.7).build(), 2);
        assertThat(decision.promoted()).isFalse();
        assertThat(decision.reasons()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(decision.reasons().get(0)).endsWith("is below the minimum of 0.7");
    }
}
