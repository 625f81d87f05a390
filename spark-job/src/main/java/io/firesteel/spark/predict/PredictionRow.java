package io.firesteel.spark.predict;

import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.LossFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.unsafe.Platform;

/**
 * The values of one row after another of the batch that a network has predicted last, in the columns of a {@link PredictionForm}. Rows
 * and arrays are one object each for all, valid until the next. For one thread.
 */
final class PredictionRow {
    private final PredictionForm form;
    private final Inference inference;
    private final Object[] values;
    private final InternalRow row;
    private final InternalRow nothing;
    private final UnsafeArrayData[] arrays;

    PredictionRow(PredictionForm form, Inference inference) {
        this.form = form;
        this.inference = inference;
        this.values = new Object[1 + form.extras().size()];
        this.row = new GenericInternalRow(values);
        this.nothing = new GenericInternalRow(new Object[values.length]);
        this.arrays = new UnsafeArrayData[values.length];
        for (int i = 1; i < values.length; i++) {
            boolean embedding = form.extras().get(i - 1) == PredictionColumn.EMBEDDING;
            int width = embedding ? form.widths().embedding() : form.outputs();
            arrays[i] = UnsafeArrayData.fromPrimitiveArray(new float[width]);
            values[i] = arrays[i];
        }
    }

    /** The values of a row that can't be predicted. */
    InternalRow ofNothing() {
        return nothing;
    }

    /** The values of a row of the batch. */
    InternalRow of(int place) {
        values[0] = prediction(inference.outputs(), place * form.outputs());
        for (int i = 1; i < values.length; i++) {
            fill(
                    arrays[i],
                    switch (form.extras().get(i - 1)) {
                        case PROBABILITIES -> inference.probabilities();
                        case EMBEDDING -> inference.embedding();
                        case LOGITS -> inference.outputs();
                    },
                    place);
        }
        return row;
    }

    private static void fill(UnsafeArrayData array, float[] from, int place) {
        int width = array.numElements();
        Platform.copyMemory(
                from,
                Platform.FLOAT_ARRAY_OFFSET + (long) place * width * Float.BYTES,
                array.getBaseObject(),
                array.getBaseOffset() + UnsafeArrayData.calculateHeaderPortionInBytes(width),
                (long) width * Float.BYTES);
    }

    private Object prediction(float[] outputs, int from) {
        LossFunction loss = form.loss();
        if (loss == LossFunction.CROSS_ENTROPY) {
            return (long) largest(outputs, from);
        }
        if (loss.isOfClassifiers()) {
            return form.isOne()
                    ? (Object) yes(outputs[from])
                    : UnsafeArrayData.fromPrimitiveArray(decisions(outputs, from));
        }
        return form.isOne()
                ? (Object) (double) outputs[from]
                : UnsafeArrayData.fromPrimitiveArray(numbers(outputs, from));
    }

    /** The first of the largest; NaN is larger than any number, as for {@code torch.argmax}. */
    private int largest(float[] values, int from) {
        int best = 0;
        for (int i = 1; i < form.outputs(); i++) {
            float value = values[from + i];
            float most = values[from + best];
            if (value > most || (Float.isNaN(value) && !Float.isNaN(most))) {
                best = i;
            }
        }
        return best;
    }

    private static long yes(float logit) {
        return logit > 0 ? 1 : 0;
    }

    private long[] decisions(float[] values, int from) {
        long[] decisions = new long[form.outputs()];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = yes(values[from + i]);
        }
        return decisions;
    }

    private double[] numbers(float[] values, int from) {
        double[] numbers = new double[form.outputs()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = values[from + i];
        }
        return numbers;
    }
}
