package io.firesteel.engine.plot;

import java.util.ArrayList;
import java.util.List;

/** How values become places on an axis, and which of them get a mark. */
public enum Scale {
    /** Equal differences are equal distances. */
    LINEAR {
        @Override
        double place(double value) {
            return value;
        }

        @Override
        List<Double> marks(double low, double high) {
            double step = niceStep((high - low) / MARKS);
            List<Double> marks = new ArrayList<>();
            for (double index = Math.ceil(low / step - ROUNDING); index * step <= high + ROUNDING * step; index++) {
                marks.add(index * step);
            }
            return marks;
        }
    },
    /** Equal quotients are equal distances. */
    LOGARITHMIC {
        @Override
        double place(double value) {
            return value > 0 ? StrictMath.log10(value) : Double.NaN;
        }

        @Override
        List<Double> marks(double low, double high) {
            int stride = (int) Math.max(1, Math.ceil((high - low) / MARKS));
            double[] factors = high - low < FEW_POWERS ? new double[] {1, 2, 5} : new double[] {1};
            List<Double> marks = new ArrayList<>();
            for (double power = Math.floor(low); power <= high + ROUNDING; power += stride) {
                for (double factor : factors) {
                    double mark = power + StrictMath.log10(factor);
                    if (mark >= low - ROUNDING && mark <= high + ROUNDING) {
                        marks.add(mark);
                    }
                }
            }
            return marks;
        }
    };

    private static final int MARKS = 6;
    private static final double ROUNDING = 1e-9;

    /** Below so many powers of ten, marks stand at 2 and 5 times a power as well. */
    private static final double FEW_POWERS = 2;

    /** The place of a value, in units of the axis; no finite number where it has none. */
    abstract double place(double value);

    /** Places of round values from {@code low} to {@code high}, which are places too. */
    abstract List<Double> marks(double low, double high);

    /** The value at a place. */
    double valueAt(double place) {
        return this == LINEAR ? place : StrictMath.pow(10, place);
    }

    /** 1, 2 or 5 times a power of ten, not below {@code step}. */
    private static double niceStep(double step) {
        double power = StrictMath.pow(10, Math.floor(StrictMath.log10(step)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= step * (1 - ROUNDING)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
