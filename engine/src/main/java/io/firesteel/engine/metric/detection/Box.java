package io.firesteel.engine.metric.detection;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import java.util.Comparator;

/**
 * A box of an image, in pixels or any other unit of length.
 *
 * @param score how sure a detection is; of a true box 0
 * @param crowd whether a true box holds many objects
 */
record Box(double score, boolean crowd, double left, double top, double right, double bottom) {
    /** What {@link #write} writes of each. */
    static final int BYTES = Integer.BYTES + 5 * Double.BYTES;

    /** Columns of the predictions: the score and the four sides. */
    static final int COLUMNS = 5;

    /** Of the highest score first; of equal ones by where they are, so that the order isn't that of arrival. */
    static final Comparator<Box> ORDER = Comparator.comparingDouble(Box::score)
            .reversed()
            .thenComparing(Box::crowd)
            .thenComparingDouble(Box::left)
            .thenComparingDouble(Box::top)
            .thenComparingDouble(Box::right)
            .thenComparingDouble(Box::bottom);

    static Box detection(MetricInput input, int row) {
        return checked(input, row, input.prediction(row, 0), false);
    }

    static Box truth(MetricInput input, int row, boolean crowd) {
        return checked(input, row, 0, crowd);
    }

    private static Box checked(MetricInput input, int row, double score, boolean crowd) {
        double left = input.prediction(row, 1) + 0.0; // makes one zero of both
        double top = input.prediction(row, 2) + 0.0;
        double right = input.prediction(row, 3) + 0.0;
        double bottom = input.prediction(row, 4) + 0.0;
        boolean finite = Double.isFinite(left + top + right + bottom);
        if (!finite || left > right || top > bottom || Double.isNaN(score)) {
            throw new IllegalArgumentException(
                    "Invalid box: score " + score + ", " + left + ", " + top + ", " + right + ", " + bottom + " in row "
                            + row + " of a batch (must be score, x1, y1, x2, y2 with x1 <= x2 and y1 <= y2)");
        }
        return new Box(score + 0.0, crowd, left, top, right, bottom);
    }

    double area() {
        return (right - left) * (bottom - top);
    }

    /** What a detection and a true box have in common, over what either has; of a crowd over the detection alone. */
    double overlap(Box truth) {
        double width = Math.min(right, truth.right) - Math.max(left, truth.left);
        double height = Math.min(bottom, truth.bottom) - Math.max(top, truth.top);
        if (width <= 0 || height <= 0) {
            return 0;
        }
        double common = width * height;
        return common / (truth.crowd ? area() : area() + truth.area() - common);
    }

    void write(StateOutput output) {
        output.writeInt(crowd ? 1 : 0);
        output.writeDouble(score);
        output.writeDouble(left);
        output.writeDouble(top);
        output.writeDouble(right);
        output.writeDouble(bottom);
    }

    static Box read(StateInput input) {
        boolean crowd = input.readInt() != 0;
        double[] numbers = input.readDoubles(COLUMNS);
        return new Box(numbers[0], crowd, numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
