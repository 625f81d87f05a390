package io.firesteel.spark.config;

import io.firesteel.engine.data.ElementType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One input of the model. A value of the tensor is {@code raw * scale + offset}.
 *
 * @param name how messages and the model file call it; unique in a job
 * @param columns where the values come from
 * @param shape sizes of the axes after the batch axis, each &gt;= 1; empty: one axis, as long as the columns have values
 * @param type element type of the tensor
 * @param scale factor, finite
 * @param offset what is added after scaling, finite
 */
public record FeatureConfig(
        String name,
        FeatureColumns columns,
        Optional<List<Integer>> shape,
        ElementType type,
        double scale,
        double offset) {
    public FeatureConfig {
        FeatureSection.NAME.check(name);
        Objects.requireNonNull(columns, "columns");
        Objects.requireNonNull(type, "type");
        shape = FeatureSection.SHAPE.check(shape.map(List::copyOf));
        FeatureSection.SCALE.check(scale);
        FeatureSection.OFFSET.check(offset);
        shape.ifPresent(sizes -> checkElements(sizes, columns));
    }

    private static void checkElements(List<Integer> shape, FeatureColumns columns) {
        long elements = 1;
        for (int size : shape) {
            elements *= size;
            if (elements > Integer.MAX_VALUE) {
                throw new RuleViolation("shape", shape + " (must hold at most " + Integer.MAX_VALUE + " values)");
            }
        }
        if (columns instanceof FeatureColumns.Scalars scalars
                && scalars.isExplicit()
                && elements != scalars.patterns().size()) {
            throw new RuleViolation(
                    "shape",
                    shape + " of " + elements + " values (must hold "
                            + scalars.patterns().size() + ", one for each column)");
        }
    }
}
