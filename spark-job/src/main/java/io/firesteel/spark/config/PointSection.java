package io.firesteel.spark.config;

import io.firesteel.engine.schedule.PiecewiseLinearSchedule.Point;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of one point of a piecewise linear schedule. */
final class PointSection {
    private static final Key<Double> STEP = Key.required("step", ScalarTypes.number(">= 0", value -> value >= 0));
    private static final Key<Double> VALUE = Key.required("value", ScalarTypes.number("", value -> true));
    private static final Schema SCHEMA = Schema.of(STEP, VALUE);

    static final ValueType<Point> TYPE = ValueType.section(PointSection::read, PointSection::write, List.of(SCHEMA));

    private PointSection() {}

    private static Optional<Point> read(Section section) {
        Double step = section.read(STEP);
        Double value = section.read(VALUE);
        return section.build(SCHEMA, () -> new Point(step, value));
    }

    private static Map<String, Object> write(Point point) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        STEP.write(point.step(), mapping);
        VALUE.write(point.value(), mapping);
        return mapping;
    }
}
