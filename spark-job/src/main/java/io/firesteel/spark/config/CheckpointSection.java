package io.firesteel.spark.config;

import io.firesteel.engine.train.BestCheckpoints;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code checkpoint}. */
final class CheckpointSection {
    static final Key<Integer> EVERY_ITERATIONS = Key.required("everyIterations", ScalarTypes.wholeNumber(1));
    static final Key<Integer> KEEP = Key.withDefault("keep", ScalarTypes.wholeNumber(1), "2");
    static final Key<BestCheckpoints> BEST = Key.optional("best", BestSection.TYPE);
    static final Schema SCHEMA = Schema.of(EVERY_ITERATIONS, KEEP, BEST);
    static final ValueType<CheckpointConfig> TYPE =
            ValueType.section(CheckpointSection::read, CheckpointSection::write, List.of(SCHEMA));

    private CheckpointSection() {}

    private static Optional<CheckpointConfig> read(Section section) {
        Integer everyIterations = section.read(EVERY_ITERATIONS);
        Integer keep = section.read(KEEP);
        Optional<BestCheckpoints> best = section.find(BEST);
        return section.build(
                SCHEMA, () -> new CheckpointConfig(everyIterations, keep, best.orElse(BestCheckpoints.NONE)));
    }

    private static Map<String, Object> write(CheckpointConfig checkpoint) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        EVERY_ITERATIONS.write(checkpoint.everyIterations(), mapping);
        KEEP.write(checkpoint.keep(), mapping);
        if (checkpoint.best().areKept()) {
            BEST.write(checkpoint.best(), mapping);
        }
        return mapping;
    }
}
