package io.firesteel.spark.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.spark.predict.ScoredBatch;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptRowsTest {
    private static final int ROWS = 250_000;

    private static ScoredRows many() {
        double[] labels = new double[ROWS];
        double[] predictions = new double[ROWS];
        String[] groups = new String[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = row % 2;
            predictions[row] = row;
            groups[row] = "g" + row % 3;
        }
        return ScoredRows.ofClasses(labels).model(predictions).group(groups);
    }

    private static KeptRows of(ScoredRows rows, int... cuts) {
        KeptRows all = new KeptRows(false, 1);
        for (int i = 0; i + 1 < cuts.length; i++) {
            KeptRows part = new KeptRows(false, 1);
            rows.batches(cuts[i], cuts[i + 1]).forEachRemaining(part::add);
            part.trim();
            all.addAll(part);
        }
        return all;
    }

    private static long[] ids(KeptRows kept) {
        return Arrays.stream(kept.order()).mapToLong(kept::id).toArray();
    }

    @Test
    void keepsAllWhileTheyAreFew() {
        KeptRows kept = of(ScoredRows.ofNumbers(1, 2, 3).model(4, 5, 6).group("a", "b", "c"), 0, 1, 1, 3);
        assertThat(ids(kept)).containsExactly(0, 1, 2);
        MetricInput input = kept.input(0, kept.order());
        assertThat(input.target(2, 0)).isEqualTo(3);
        assertThat(input.prediction(2, 0)).isEqualTo(6);
        assertThat(kept.group(0, kept.order()[2])).isEqualTo("c");
        assertThat(kept.seen()).isEqualTo(3);
    }

    @Test
    void keepsHalvesOfTooManyTheSameHoweverTheyAreSplit() {
        ScoredRows rows = many();
        KeptRows whole = of(rows, 0, ROWS);
        KeptRows parts = of(rows, 0, 3, 120_000, 120_001, ROWS);
        assertThat(whole.size()).isBetween(KeptRows.MOST_ROWS / 2, KeptRows.MOST_ROWS);
        assertThat(ids(parts)).isEqualTo(ids(whole));
        assertThat(parts.seen()).isEqualTo(ROWS);
        int[] order = parts.order();
        MetricInput input = parts.input(0, order);
        for (int i = 0; i < order.length; i += 1000) {
            assertThat(input.prediction(i, 0)).isEqualTo((double) parts.id(order[i]));
            assertThat(input.classLabel(i)).isEqualTo(parts.id(order[i]) % 2);
            assertThat(parts.group(0, order[i])).isEqualTo("g" + parts.id(order[i]) % 3);
        }
    }

    @Test
    void rowsThatTakeTooMuchAreRefused() {
        MetricInput wide = new MetricInput()
                .begin(1)
                .predictions(new double[10_000], 10_000)
                .classes(LongBuffer.wrap(new long[1]));
        assertThatThrownBy(() -> new KeptRows(false, 0).add(new ScoredBatch(List.of(wide), List.of(1L), List.of())))
                .hasMessage(
                        "Cannot compare models: a row of their predictions takes 80016 bytes (expected at most 33554)");
    }

    @Test
    void idsThatAreAllTheSameLeaveNothingToDrawFrom() {
        int rows = KeptRows.MOST_ROWS + 1;
        MetricInput input =
                new MetricInput().begin(rows).predictions(new double[rows], 1).classes(LongBuffer.wrap(new long[rows]));
        KeptRows kept = new KeptRows(false, 0);
        kept.add(new ScoredBatch(List.of(input), Collections.nCopies(rows, 7L), List.of()));
        assertThat(kept.isEmpty()).isTrue();
        assertThat(kept.seen()).isEqualTo(rows);
    }
}
