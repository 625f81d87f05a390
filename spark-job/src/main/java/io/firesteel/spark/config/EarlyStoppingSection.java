package io.firesteel.spark.config;

import io.firesteel.engine.handler.EarlyStoppingOptions;
import io.firesteel.engine.handler.EarlyStoppingOptions.Baseline;
import io.firesteel.engine.handler.EarlyStoppingOptions.Nan;
import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import io.firesteel.spark.config.ValueType.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys under {@code handlers.earlyStopping}. */
final class EarlyStoppingSection {
    private static final Key<Integer> PATIENCE = Key.required("patience", ScalarTypes.wholeNumber(1));
    private static final Key<Double> MIN_DELTA =
            Key.withDefault("minDelta", ScalarTypes.number(">= 0", value -> value >= 0), "0");
    private static final Key<Measure> MEASURE = Key.withDefault(
            "measure", ScalarTypes.oneOf(List.of(Measure.values()), Measure::label), Measure.ABSOLUTE.label());
    private static final Key<Baseline> BASELINE = Key.withDefault(
            "baseline", ScalarTypes.oneOf(List.of(Baseline.values()), Baseline::label), Baseline.BEST.label());
    private static final Key<Nan> NAN =
            Key.withDefault("nan", ScalarTypes.oneOf(List.of(Nan.values()), Nan::label), Nan.NO_IMPROVEMENT.label());
    private static final Schema SCHEMA =
            Schema.of(WatchedMetric.METRIC, WatchedMetric.MODE, PATIENCE, MIN_DELTA, MEASURE, BASELINE, NAN);

    static final ValueType<EarlyStoppingOptions> TYPE =
            ValueType.section(EarlyStoppingSection::read, EarlyStoppingSection::write, List.of(SCHEMA));

    private EarlyStoppingSection() {}

    private static Optional<EarlyStoppingOptions> read(Section section) {
        String metric = section.read(WatchedMetric.METRIC);
        Mode mode = section.read(WatchedMetric.MODE);
        Integer patience = section.read(PATIENCE);
        Double minDelta = section.read(MIN_DELTA);
        Measure measure = section.read(MEASURE);
        Baseline baseline = section.read(BASELINE);
        Nan nan = section.read(NAN);
        return section.build(
                SCHEMA, () -> new EarlyStoppingOptions(metric, mode, patience, minDelta, measure, baseline, nan));
    }

    private static Map<String, Object> write(EarlyStoppingOptions options) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        WatchedMetric.METRIC.write(options.metric(), mapping);
        WatchedMetric.MODE.write(options.mode(), mapping);
        PATIENCE.write(Math.toIntExact(options.patience()), mapping);
        MIN_DELTA.write(options.minDelta(), mapping);
        MEASURE.write(options.measure(), mapping);
        BASELINE.write(options.baseline(), mapping);
        NAN.write(options.nan(), mapping);
        return mapping;
    }
}
