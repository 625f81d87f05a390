package io.firesteel.spark.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.spark.SharedSpark;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class StateMergeTest {
    private static final StateMerge MERGE = new StateMerge(List.of("loss"), Map.of(), Set.of());

    /** Partition i has i rows, so the first has none. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, StateMerge.FEW + 1})
    void rowsOfAllPartitionsAreCounted(int partitions) {
        JavaRDD<byte[]> folded = folded(partitions);
        long rows = partitions * (partitions - 1L) / 2;
        assertThat(MERGE.merge(folded).rows()).isEqualTo(rows);
        assertThat(MERGE.merge(folded).rows())
                .as("rows of partitions that are computed again")
                .isEqualTo(rows);
    }

    @Test
    void statesAreMergedWithTheirRows() {
        CountedStates merged = MERGE.merge(folded(4));
        assertThat(MERGE.set().compute(merged.states()).values())
                .containsEntry("loss", MetricValue.of((1 + 2 * 2 + 3 * 3) / 6.0));
    }

    private static JavaRDD<byte[]> folded(int partitions) {
        List<Integer> sizes = IntStream.range(0, partitions).boxed().toList();
        return JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext())
                .parallelize(sizes, partitions)
                .mapPartitions(StateMergeTest::fold, true);
    }

    /** As many rows as the number says, each with that loss. */
    private static Iterator<byte[]> fold(Iterator<Integer> sizes) {
        CountedStates states = MERGE.zero();
        sizes.forEachRemaining(size -> {
            if (size > 0) {
                double[] losses = new double[size];
                Arrays.fill(losses, size);
                states.update(new MetricInput().begin(size).losses(losses));
            }
        });
        return List.of(StateMerge.toBytes(states)).iterator();
    }
}
