package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowLayoutTest {
    private static final TensorSpec FLOATS = new TensorSpec("floats", ElementType.FLOAT32, List.of(3));
    private static final TensorSpec LONGS = new TensorSpec("longs", ElementType.INT64, List.of(2, 2));
    private static final TensorSpec CLASS = new TensorSpec("class", ElementType.INT64, List.of());
    private static final TensorSpec TARGET = new TensorSpec("target", ElementType.FLOAT32, List.of());

    @Test
    void fieldsFollowEachOtherAlignedToTheirElements() {
        // floats 0..12, longs 16..48, class 48..56, weight 56..60, hash 64..72
        RowLayout layout = new RowLayout(List.of(FLOATS, LONGS), CLASS, true);

        assertThat(layout.inputOffset(0)).isZero();
        assertThat(layout.inputOffset(1)).isEqualTo(16);
        assertThat(layout.labelOffset()).isEqualTo(48);
        assertThat(layout.weightOffset()).isEqualTo(56);
        assertThat(layout.hashOffset()).isEqualTo(64);
        assertThat(layout.bytes()).isEqualTo(72);
    }

    @Test
    void floatFieldsLeaveNoGaps() {
        // floats 0..12, target 12..16, hash 16..24; with a weight 16..20, hash 24..32
        assertThat(new RowLayout(List.of(FLOATS), TARGET, false).bytes()).isEqualTo(24);
        RowLayout weighted = new RowLayout(List.of(FLOATS), TARGET, true);
        assertThat(weighted.labelOffset()).isEqualTo(12);
        assertThat(weighted.weightOffset()).isEqualTo(16);
        assertThat(weighted.hashOffset()).isEqualTo(24);
        assertThat(weighted.bytes()).isEqualTo(32);
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        RowLayout layout = new RowLayout(List.of(FLOATS, LONGS), CLASS, true);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(layout);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(layout);
        }
    }

    @Test
    void weightOfUnweightedRowsIsRefused() {
        assertThatThrownBy(() -> new RowLayout(List.of(FLOATS), CLASS, false).weightOffset())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot locate the weight of a row: rows have none (weighted is false)");
    }

    @Test
    void rowsWithoutInputsAreRefused() {
        assertThatThrownBy(() -> new RowLayout(List.of(), CLASS, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid inputs of a row: [] (must be at least one)");
    }

    @Test
    void rowsTooWideAreRefused() {
        TensorSpec half = new TensorSpec("half", ElementType.FLOAT32, List.of(1 << 15, 1 << 10));
        assertThatThrownBy(() -> new RowLayout(List.of(half, half), CLASS, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot lay out a row of 2 inputs and a label: it takes 268435476 bytes"
                        + " (expected at most 268435456); smaller shapes or fewer inputs fit");
        TensorSpec wide = new TensorSpec("wide", ElementType.INT64, List.of(Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertThatThrownBy(() -> new RowLayout(List.of(wide), CLASS, false))
                .hasMessage("Cannot lay out a row: wide [2147483647, 2147483647] takes more than 268435456 bytes"
                        + " (expected at most that over all inputs and the label)");
    }
}
