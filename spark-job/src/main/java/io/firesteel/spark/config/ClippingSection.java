package io.firesteel.spark.config;

import io.firesteel.engine.optim.Clipping;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code optimizer.clip}. */
final class ClippingSection {
    private static final Key<Double> NORM = Key.optional("norm", ScalarTypes.number("> 0", value -> value > 0));
    private static final Key<Double> VALUE = Key.optional("value", ScalarTypes.number("> 0", value -> value > 0));
    private static final Schema SCHEMA = Schema.of(NORM, VALUE);

    static final ValueType<Clipping> TYPE =
            ValueType.section(ClippingSection::read, ClippingSection::write, List.of(SCHEMA));

    private ClippingSection() {}

    private static Optional<Clipping> read(Section section) {
        section.requireOne(NORM, VALUE);
        Optional<Clipping> byNorm = section.find(NORM).map(Clipping::byNorm);
        Optional<Clipping> byValue = section.find(VALUE).map(Clipping::byValue);
        return section.build(SCHEMA, () -> byNorm.or(() -> byValue).orElseThrow());
    }

    private static Map<String, Object> write(Clipping clipping) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        Key<Double> key = clipping.kind() == Clipping.Kind.NORM ? NORM : VALUE;
        key.write(clipping.limit(), mapping);
        return mapping;
    }
}
