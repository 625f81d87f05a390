package io.firesteel.engine.comm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PartitionTest {
    @Test
    void evenSlicesCoverTheVectorWithoutOverlap() {
        for (int parts = 1; parts <= 7; parts++) {
            for (int elements : new int[] {0, 1, 5, 7, 1009, Integer.MAX_VALUE}) {
                Partition partition = Partition.even(elements, parts);
                long next = 0;
                for (int part = 0; part < parts; part++) {
                    assertThat(partition.from(part)).isEqualTo((int) next);
                    next += partition.length(part);
                    assertThat(partition.length(part)).isIn(elements / parts, (int) ((parts - 1L + elements) / parts));
                }
                assertThat(next).isEqualTo(elements);
            }
        }
    }

    @Test
    void alignedSlicesBeginAtMultiples() {
        Partition partition = Partition.aligned(10_000, 2, 4096);
        assertThat(partition).isEqualTo(Partition.of(4096, 5904)).hasToString("Partition[0, 4096, 10000]");
        assertThat(Partition.aligned(100, 3, 4096)).isEqualTo(Partition.of(0, 0, 100));
        assertThat(Partition.aligned(0, 2, 4096)).isEqualTo(Partition.of(0, 0));
        assertThat(Partition.aligned(Integer.MAX_VALUE, 2, 4096).elements()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void partitionsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> Partition.even(-1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid elements of a partition: -1 (must be >= 0)");
        assertThatThrownBy(() -> Partition.even(1, 0)).hasMessage("Invalid parts of a partition: 0 (must be >= 1)");
        assertThatThrownBy(() -> Partition.aligned(1, 1, 0))
                .hasMessage("Invalid multiple of a partition: 0 (must be >= 1)");
        assertThatThrownBy(() -> Partition.of(3, -1))
                .hasMessage("Invalid length of slice 1 of a partition: -1 (must be >= 0)");
        assertThatThrownBy(Partition::of).hasMessage("Invalid parts of a partition: 0 (must be >= 1)");
    }
}
