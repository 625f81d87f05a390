package io.firesteel.engine.metric.regression;

import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;

/**
 * What two numbers of many rows have as means, squares and products about the means. Moments about the mean are kept, not sums of
 * squares, which lose all digits where the mean is large beside the spread; they are merged pairwise (Chan, Golub, LeVeque:
 * Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979).
 *
 * @param weight the sum of the rows' weights
 * @param meanX the weighted mean of the first number
 * @param squareX {@code sum(w (x - meanX)^2)}, exactly 0 if x is constant
 * @param meanY the weighted mean of the second number
 * @param squareY {@code sum(w (y - meanY)^2)}
 * @param product {@code sum(w (x - meanX) (y - meanY))}
 */
record CoMoment(double weight, double meanX, double squareX, double meanY, double squareY, double product) {
    static final int BYTES = 6 * Double.BYTES;
    static final CoMoment NONE = new CoMoment(0, 0, 0, 0, 0, 0);

    /**
     * The moments of rows whose sums were taken of differences from one of them: as exact as two passes, in one.
     *
     * @param originX the x that was subtracted
     * @param originY the y that was subtracted
     * @param sums weight, x, x^2, y, y^2, x y, each summed up with the rows' weights
     */
    static CoMoment shifted(double originX, double originY, double[] sums) {
        double weight = sums[0];
        double shiftX = sums[1] / weight;
        double shiftY = sums[3] / weight;
        return new CoMoment(
                weight,
                originX + shiftX,
                Math.max(0, sums[2] - sums[1] * shiftX),
                originY + shiftY,
                Math.max(0, sums[4] - sums[3] * shiftY),
                sums[5] - sums[1] * shiftY);
    }

    CoMoment plus(CoMoment other) {
        if (weight == 0 || other.weight == 0) {
            return weight == 0 ? other : this;
        }
        double total = weight + other.weight;
        double share = other.weight / total;
        double x = other.meanX - meanX;
        double y = other.meanY - meanY;
        double between = weight * share;
        return new CoMoment(
                total,
                meanX + x * share,
                squareX + other.squareX + x * x * between,
                meanY + y * share,
                squareY + other.squareY + y * y * between,
                product + other.product + x * y * between);
    }

    void write(StateOutput output) {
        output.writeDoubles(new double[] {weight, meanX, squareX, meanY, squareY, product});
    }

    static CoMoment read(StateInput input) {
        double[] values = input.readDoubles(6);
        return new CoMoment(values[0], values[1], values[2], values[3], values[4], values[5]);
    }
}
