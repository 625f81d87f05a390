package io.firesteel.engine.metric;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Which numbers a row of a batch has, and how they become one stretch of doubles: predictions, targets, class, loss, weight. A
 * batch without weights gets those that it stands for, 1 each. Groups and texts are left out.
 *
 * @param predictionColumns 0 without predictions
 * @param targetColumns 0 without targets
 */
record RowShape(int predictionColumns, int targetColumns, boolean hasClasses, boolean hasLosses, PredictionKind kind) {
    static RowShape of(MetricInput input) {
        return new RowShape(
                input.predictions.isSet() ? input.predictionColumns() : 0,
                input.targets.isSet() ? input.targets.columns() : 0,
                input.hasClasses(),
                input.losses.isSet(),
                input.predictionKind());
    }

    /** Doubles of a row. */
    int width() {
        return predictionColumns + targetColumns + (hasClasses ? 1 : 0) + (hasLosses ? 1 : 0) + 1;
    }

    /**
     * Writes a row.
     *
     * @param input a batch of this shape
     * @param at where the row begins
     */
    void pack(MetricInput input, int row, double[] into, int at) {
        int next = at;
        for (int column = 0; column < predictionColumns; column++) {
            into[next++] = input.prediction(row, column);
        }
        for (int column = 0; column < targetColumns; column++) {
            into[next++] = input.targets.value(row, column);
        }
        if (hasClasses) {
            into[next++] = input.classLabel(row);
        }
        if (hasLosses) {
            into[next++] = input.loss(row);
        }
        into[next] = input.weight(row);
    }

    /** Rows that {@link #pack} has written one after the other, as a batch. */
    MetricInput unpack(double[] packed, int rows) {
        MetricInput input = new MetricInput().begin(rows).predictionKind(kind);
        int at = 0;
        if (predictionColumns > 0) {
            input.predictions(part(packed, rows, at, predictionColumns), predictionColumns);
            at += predictionColumns;
        }
        if (targetColumns > 0) {
            input.targets(part(packed, rows, at, targetColumns), targetColumns);
            at += targetColumns;
        }
        if (hasClasses) {
            input.classes(labels(part(packed, rows, at++, 1)));
        }
        if (hasLosses) {
            input.losses(part(packed, rows, at++, 1));
        }
        return input.weights(part(packed, rows, at, 1));
    }

    private double[] part(double[] packed, int rows, int from, int columns) {
        double[] part = new double[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(packed, row * width() + from, part, row * columns, columns);
        }
        return part;
    }

    private static LongBuffer labels(double[] numbers) {
        long[] labels = new long[numbers.length];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = (long) numbers[row];
        }
        return LongBuffer.wrap(labels);
    }

    void write(StateOutput output) {
        output.writeInt(predictionColumns);
        output.writeInt(targetColumns);
        output.writeInt(hasClasses ? 1 : 0);
        output.writeInt(hasLosses ? 1 : 0);
        output.writeText(kind.name());
    }

    static RowShape read(StateInput input) {
        int[] numbers = new int[4];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = input.readInt();
            input.check(numbers[i] >= 0, "bad shape of rows", numbers[i], "0 or more");
        }
        return new RowShape(numbers[0], numbers[1], numbers[2] == 1, numbers[3] == 1, kind(input));
    }

    private static PredictionKind kind(StateInput input) {
        String name = input.readText();
        List<PredictionKind> kinds = Arrays.stream(PredictionKind.values())
                .filter(kind -> kind.name().equals(name))
                .toList();
        input.check(!kinds.isEmpty(), "unknown kind of predictions", name, Arrays.toString(PredictionKind.values()));
        return kinds.get(0);
    }
}
