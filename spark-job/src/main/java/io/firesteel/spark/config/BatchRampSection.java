package io.firesteel.spark.config;

import io.firesteel.engine.data.BatchRamp;
import io.firesteel.engine.data.BatchRamp.Shape;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train.batchRamp}. */
final class BatchRampSection {
    private static final Key<Integer> START = Key.required("start", ScalarTypes.wholeNumber(1));
    private static final Key<Integer> EPOCHS = Key.required("epochs", ScalarTypes.wholeNumber(1));
    private static final Key<Integer> EVERY = Key.withDefault("every", ScalarTypes.wholeNumber(1), "1");
    private static final Key<Shape> SHAPE =
            Key.withDefault("shape", ScalarTypes.oneOf(List.of(Shape.values()), Shape::label), Shape.LINEAR.label());
    private static final Schema SCHEMA = Schema.of(START, EPOCHS, EVERY, SHAPE);

    static final ValueType<BatchRamp> TYPE =
            ValueType.section(BatchRampSection::read, BatchRampSection::write, List.of(SCHEMA));

    private BatchRampSection() {}

    private static Optional<BatchRamp> read(Section section) {
        Integer start = section.read(START);
        Integer epochs = section.read(EPOCHS);
        Integer every = section.read(EVERY);
        Shape shape = section.read(SHAPE);
        return section.build(SCHEMA, () -> new BatchRamp(start, epochs, every, shape));
    }

    private static Map<String, Object> write(BatchRamp ramp) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        START.write(ramp.start(), mapping);
        EPOCHS.write(ramp.epochs(), mapping);
        EVERY.write(ramp.every(), mapping);
        SHAPE.write(ramp.shape(), mapping);
        return mapping;
    }
}
