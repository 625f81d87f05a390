package io.firesteel.engine.metric.fairness;

import io.firesteel.engine.metric.MetricParameter;
import java.util.List;
import java.util.stream.DoubleStream;

/** How far apart the groups' rates are. */
enum Disparity {
    /** In [0, 1], 0 if they are equal: the largest less the smallest, or the largest distance from the rate of all rows. */
    DIFFERENCE {
        @Override
        double betweenGroups(double[] rates) {
            return largest(rates) - smallest(rates);
        }

        @Override
        double toOverall(double[] rates, double overall) {
            return DoubleStream.of(rates)
                    .map(rate -> Math.abs(rate - overall))
                    .max()
                    .orElseThrow();
        }

        @Override
        double worse(double one, double other) {
            return Math.max(one, other);
        }
    },
    /**
     * In [0, 1], 1 if they are equal: the smallest over the largest, or the smallest ratio to the rate of all rows, turned round where
     * over 1. NaN if all are 0.
     */
    RATIO {
        @Override
        double betweenGroups(double[] rates) {
            return smallest(rates) / largest(rates);
        }

        @Override
        double toOverall(double[] rates, double overall) {
            return DoubleStream.of(rates)
                    .map(rate -> rate > overall ? overall / rate : rate / overall)
                    .min()
                    .orElseThrow();
        }

        @Override
        double worse(double one, double other) {
            return Math.min(one, other);
        }
    };

    /** What rates are compared with. */
    static final MetricParameter METHOD = MetricParameter.choice(
            "method", List.of("betweenGroups", "toOverall"), "what a group's rate is compared with");

    double of(GroupRate rate, GroupCounts state, String method) {
        double[] rates = state.counts().stream().mapToDouble(rate::of).toArray();
        return method.equals("toOverall") ? toOverall(rates, rate.of(state.overall())) : betweenGroups(rates);
    }

    abstract double betweenGroups(double[] rates);

    abstract double toOverall(double[] rates, double overall);

    abstract double worse(double one, double other);

    private static double largest(double[] rates) {
        return DoubleStream.of(rates).max().orElseThrow();
    }

    private static double smallest(double[] rates) {
        return DoubleStream.of(rates).min().orElseThrow();
    }
}
