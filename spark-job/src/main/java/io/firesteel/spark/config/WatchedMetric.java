package io.firesteel.spark.config;

import io.firesteel.engine.schedule.ReducePlateau.Measure;
import io.firesteel.engine.schedule.ReducePlateau.Mode;
import java.util.List;

/**
 * The keys by which a section says what it watches: the name of a merged metric, and which values of it are better.
 *
 * @param path of the key in the job file
 * @param metric name of the metric
 */
record WatchedMetric(String path, String metric) {
    static final Key<String> METRIC = Key.required("metric", ScalarTypes.text());
    static final Key<Mode> MODE =
            Key.withDefault("mode", ScalarTypes.oneOf(List.of(Mode.values()), Mode::label), "min");
    static final Key<Measure> MEASURE =
            Key.withDefault("measure", ScalarTypes.oneOf(List.of(Measure.values()), Measure::label), "relative");
}
