package io.firesteel.engine.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Makes of a batch one of those rows that count. A batch of which all do stays as it is. */
final class RowFilter implements UnaryOperator<MetricInput> {
    private final RowPredicate counts;

    RowFilter(RowPredicate counts) {
        this.counts = Objects.requireNonNull(counts, "counts");
    }

    @Override
    public MetricInput apply(MetricInput input) {
        int[] chosen = new int[input.rows()];
        int count = 0;
        for (int row = 0; row < chosen.length; row++) {
            chosen[count] = row;
            count += counts.test(input, row) ? 1 : 0;
        }
        return count == chosen.length ? input : copy(input, Arrays.copyOf(chosen, count));
    }

    private static MetricInput copy(MetricInput input, int... chosen) {
        RowShape shape = RowShape.of(input);
        double[] packed = new double[chosen.length * shape.width()];
        for (int i = 0; i < chosen.length; i++) {
            shape.pack(input, chosen[i], packed, i * shape.width());
        }
        MetricInput copy = shape.unpack(packed, chosen.length);
        if (input.groups != null) {
            copy.groups(pick(input.groups, chosen));
        }
        if (input.texts != null) {
            copy.texts(pick(input.texts, chosen), pick(input.references, chosen));
        }
        return copy;
    }

    private static <T> List<T> pick(List<T> values, int... chosen) {
        return Arrays.stream(chosen).mapToObj(values::get).toList();
    }
}
