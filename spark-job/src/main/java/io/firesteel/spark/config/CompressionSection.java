package io.firesteel.spark.config;

import io.firesteel.engine.train.PowerSgd;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code train.exchange.compression}. */
final class CompressionSection {
    private static final String POWER_SGD = "powerSgd";
    private static final Key<String> KIND = Key.required("type", ScalarTypes.oneOf(List.of(POWER_SGD), label -> label));
    private static final Key<Integer> RANK = Key.withDefault("rank", ScalarTypes.wholeNumber(1), "4");
    private static final Key<Integer> START_ITERATION =
            Key.withDefault("startIteration", ScalarTypes.wholeNumber(1), "10");
    private static final Schema SCHEMA = Schema.of(KIND, RANK, START_ITERATION);

    static final ValueType<PowerSgd> TYPE =
            ValueType.section(CompressionSection::read, CompressionSection::write, List.of(SCHEMA));

    private CompressionSection() {}

    private static Optional<PowerSgd> read(Section section) {
        section.read(KIND);
        Integer rank = section.read(RANK);
        Integer startIteration = section.read(START_ITERATION);
        return section.build(SCHEMA, () -> new PowerSgd(rank, startIteration));
    }

    private static Map<String, Object> write(PowerSgd powerSgd) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        KIND.write(POWER_SGD, mapping);
        RANK.write(powerSgd.rank(), mapping);
        START_ITERATION.write(powerSgd.startIteration(), mapping);
        return mapping;
    }
}
