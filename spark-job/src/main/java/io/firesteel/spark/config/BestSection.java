package io.firesteel.spark.config;

import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.engine.train.BestCheckpoints;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code checkpoint.best}. */
final class BestSection {
    private static final Key<Integer> KEEP = Key.withDefault("keep", ScalarTypes.wholeNumber(1), "1");
    private static final Schema SCHEMA = Schema.of(WatchedMetric.METRIC, WatchedMetric.MODE, KEEP);

    static final ValueType<BestCheckpoints> TYPE =
            ValueType.section(BestSection::read, BestSection::write, List.of(SCHEMA));

    private BestSection() {}

    private static Optional<BestCheckpoints> read(Section section) {
        String metric = section.read(WatchedMetric.METRIC);
        Mode mode = section.read(WatchedMetric.MODE);
        Integer keep = section.read(KEEP);
        return section.build(SCHEMA, () -> new BestCheckpoints(metric, mode, keep));
    }

    private static Map<String, Object> write(BestCheckpoints best) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        WatchedMetric.METRIC.write(best.metric(), mapping);
        WatchedMetric.MODE.write(best.mode(), mapping);
        KEEP.write(best.keep(), mapping);
        return mapping;
    }
}
