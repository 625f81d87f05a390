package io.firesteel.spark.bench;

import io.firesteel.engine.metric.Metric;
import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.PredictionKind;
import io.firesteel.engine.metric.catalogue.Metrics;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A metric and the plain loop that computes the same, over the same rows in turn. */
final class MetricRace {
    /** How far the two values may be apart, relative to them. */
    private static final double TOLERANCE = 1e-9;

    private final String name;
    private final PlainLoop loop;
    private final MetricRows data;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> peerSeconds = new ArrayList<>();
    private double value;
    private double peerValue;

    /**
     * @param name of the metric in the catalogue, with parameters
     * @param loop computes the same
     */
    MetricRace(String name, MetricRows data, PlainLoop loop) {
        this.name = name;
        this.data = data;
        this.loop = loop;
    }

    /** Runs both once. */
    void run(long rows, boolean counts) {
        long start = System.nanoTime();
        value = number(measured(Metrics.of(name), rows));
        long between = System.nanoTime();
        loop.reset();
        for (long done = 0; done < rows; done += MetricRows.BATCH) {
            loop.update(data.predictions(done), data.labels(done), data.targets(done));
        }
        peerValue = loop.value();
        long end = System.nanoTime();
        if (counts) {
            seconds.add((between - start) / 1e9);
            peerSeconds.add((end - between) / 1e9);
        }
        check();
    }

    /** What a job does with each batch: hand it over, then let the metric read it. */
    private <S> MetricValue measured(Metric<S> metric, long rows) {
        S state = metric.zero();
        MetricInput input = new MetricInput();
        for (long done = 0; done < rows; done += MetricRows.BATCH) {
            input.begin(MetricRows.BATCH)
                    .predictions(FloatBuffer.wrap(data.predictions(done)), data.columns())
                    .predictionKind(data.columns() == 1 ? PredictionKind.PROBABILITIES : PredictionKind.LOGITS);
            if (data.targets(done) == null) {
                input.classes(LongBuffer.wrap(data.labels(done)));
            } else {
                input.targets(FloatBuffer.wrap(data.targets(done)), 1);
            }
            metric.update(state, input);
        }
        return metric.compute(state);
    }

    private static double number(MetricValue value) {
        if (value instanceof MetricValue.Matrix matrix) {
            return matrix.rows().get(0).get(0);
        }
        return value.number();
    }

    private void check() {
        if (!(Math.abs(value - peerValue) <= TOLERANCE * Math.max(1, Math.abs(peerValue)))) {
            throw new IllegalStateException("Cannot trust the measurement: " + name + " is " + value
                    + ", the plain loop's " + peerValue + " (expected the same to " + TOLERANCE + ")");
        }
    }

    Map<String, Object> row(long rows) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("metric", name);
        row.put("rows", rows);
        row.put("rowsPerSecond", rows / median(seconds));
        row.put("peerRowsPerSecond", rows / median(peerSeconds));
        row.put("timesPeer", median(seconds) / median(peerSeconds));
        return row;
    }

    private static double median(List<Double> values) {
        return new Statistics(values.stream().mapToDouble(Double::doubleValue).toArray()).median();
    }
}
