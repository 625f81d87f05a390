package io.firesteel.engine.plot;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The part of an axis that a plot shows, and the pixels that it lies over.
 *
 * @param low lowest place
 * @param high highest place, above {@code low}
 * @param from pixel of the lowest place
 * @param to pixel of the highest place
 */
record Span(Scale scale, double low, double high, double from, double to) {
    private static final double MARGIN = 0.5;

    /** As far as the values reach; some room around a single one, and around 0 or 1 where there are none. */
    static Span around(Axis axis, List<Series> series, ToDoubleFunction<Series.Point> value, double from, double to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series line : series) {
            for (Series.Point point : line.points()) {
                double place = axis.scale().place(value.applyAsDouble(point));
                low = Double.isFinite(place) ? Math.min(low, place) : low;
                high = Double.isFinite(place) ? Math.max(high, place) : high;
            }
        }
        if (low > high) {
            low = 0;
            high = 0;
        }
        double margin = low < high ? 0 : MARGIN * (low == 0 ? 1 : Math.abs(low));
        return new Span(axis.scale(), low - margin, high + margin, from, to);
    }

    /** The pixel of a value; no finite number where it has none. */
    double pixel(double value) {
        return pixelOfPlace(scale.place(value));
    }

    double pixelOfPlace(double place) {
        return from + (place - low) / (high - low) * (to - from);
    }

    List<Double> marks() {
        return scale.marks(low, high);
    }
}
