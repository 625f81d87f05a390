package io.firesteel.spark.decide;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.metric.set.MetricStates;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The models' metric in resamples of the kept rows: a Poisson bootstrap, in which each row weighs as often as it is drawn, for all models alike. Where
 * the kept rows stand for more, each is drawn as often as all that it stands for: the bag of little bootstraps (Kleiner, Talwalkar,
 * Sarkar and Jordan 2014) with one bag. Memory doesn't grow with the resamples, time does.
 */
final class Resampling {
    /** Threads share the work, but each has a copy of the rows. */
    private static final int MOST_THREADS = 4;

    private final ComparisonPlan plan;
    private final MetricSet judged;
    private final KeptRows kept;
    private final List<Integer> models;
    private final PoissonDraws draws;

    /** @param models places of those that take part */
    Resampling(ComparisonPlan plan, KeptRows kept, List<Integer> models) {
        this.plan = plan;
        this.judged = plan.judged();
        this.kept = kept;
        this.models = List.copyOf(models);
        this.draws = new PoissonDraws(Math.max(1, (double) kept.seen() / Math.max(1, kept.size())));
    }

    /**
     * The metric in each resample.
     *
     * @param parts rows, each the same as part of the whole as by itself
     * @return by part, model and resample; NaN where it is undefined, and for models that don't take part
     */
    double[][][] values(List<int[]> parts, int resamples) {
        double[][][] values = new double[parts.size()][plan.models().size()][resamples];
        Arrays.stream(values).flatMap(Arrays::stream).forEach(ofModel -> Arrays.fill(ofModel, Double.NaN));
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        IntStream.range(0, threads).parallel().forEach(thread -> {
            for (int part = 0; part < parts.size(); part++) {
                for (int model : models) {
                    Sample sample = new Sample(model, parts.get(part));
                    for (int resample = thread; resample < resamples; resample += threads) {
                        values[part][model][resample] = sample.value(resample);
                    }
                }
            }
        });
        return values;
    }

    /** The metric of the kept rows, each as often as it is there. */
    double value(int model, int[] rows) {
        return new Sample(model, rows).value();
    }

    /** What one model predicted for some rows. */
    private final class Sample {
        private final MetricInput input;
        private final MetricStates states = judged.zero();
        private final long[] keys;
        private final double[] own;
        private final double[] drawn;

        Sample(int model, int[] anyOrder) {
            int[] rows = kept.byPrediction(model, anyOrder);
            input = kept.input(model, rows);
            keys = new long[rows.length];
            own = new double[rows.length];
            drawn = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                keys[i] = PoissonDraws.key(plan.seed(), kept.id(rows[i]));
                own[i] = kept.weight(rows[i]);
            }
        }

        double value() {
            return weighted(own);
        }

        double value(int resample) {
            for (int i = 0; i < keys.length; i++) {
                drawn[i] = own[i] * draws.draw(keys[i], resample);
            }
            return weighted(drawn);
        }

        private double weighted(double[] weights) {
            states.reset();
            states.update(input.weights(weights));
            return judged.compute(states).flatten().getOrDefault(plan.metric(), Double.NaN);
        }
    }
}
