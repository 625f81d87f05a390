package io.firesteel.spark.predict;

import io.firesteel.engine.train.Inference;
import io.firesteel.engine.train.Inference.Result;
import io.firesteel.engine.train.LossFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of predictions and their values: {@code prediction} is a class (bigint) for crossEntropy, 0 or 1 for
 * binaryCrossEntropy, a number (double) for mse and l1; of several targets, an array of those.
 *
 * @param loss what the model was trained with
 * @param widths of what its network gives
 * @param extras what follows the prediction, in their order
 */
record PredictionForm(LossFunction loss, LoadedModel.Widths widths, List<PredictionColumn> extras)
        implements Serializable {
    static final String PREDICTION = "prediction";
    /** Key of a column's metadata: how many elements its arrays have. */
    static final String WIDTH = "firesteel.width";

    PredictionForm {
        extras = List.copyOf(extras);
        if (extras.contains(PredictionColumn.PROBABILITIES) && !loss.isOfClassifiers()) {
            throw new IllegalArgumentException("Cannot predict probabilities: the model was trained with "
                    + loss.label() + " (expected crossEntropy or binaryCrossEntropy; ask for other columns)");
        }
    }

    /** The columns, none of which is null but where a row couldn't be predicted. */
    List<StructField> fields() {
        List<StructField> fields = new ArrayList<>();
        fields.add(field(PREDICTION, predictionType(), isOne() ? 1 : widths.outputs()));
        for (PredictionColumn extra : extras) {
            int width = extra == PredictionColumn.EMBEDDING ? widths.embedding() : widths.outputs();
            fields.add(field(extra.label(), DataTypes.createArrayType(DataTypes.FloatType, false), width));
        }
        return fields;
    }

    private static StructField field(String name, DataType type, int width) {
        Metadata metadata = new MetadataBuilder().putLong(WIDTH, width).build();
        return DataTypes.createStructField(name, type, true, metadata);
    }

    private int outputs() {
        return widths.outputs();
    }

    private DataType predictionType() {
        DataType one = loss.isOfClassifiers() ? DataTypes.LongType : DataTypes.DoubleType;
        return isOne() ? one : DataTypes.createArrayType(one, false);
    }

    private boolean isOne() {
        return loss == LossFunction.CROSS_ENTROPY || outputs() == 1;
    }

    /** What a network has to compute for this. */
    Set<Result> results() {
        Set<Result> results = EnumSet.noneOf(Result.class);
        if (extras.contains(PredictionColumn.PROBABILITIES)) {
            results.add(Result.PROBABILITIES);
        }
        if (extras.contains(PredictionColumn.EMBEDDING)) {
            results.add(Result.EMBEDDING);
        }
        return results;
    }

    /** The values of a row of the batch that was predicted last. */
    InternalRow values(Inference inference, int row) {
        Object[] values = new Object[1 + extras.size()];
        values[0] = prediction(inference.outputs(), row * outputs());
        for (int i = 0; i < extras.size(); i++) {
            values[1 + i] = switch (extras.get(i)) {
                case PROBABILITIES -> slice(inference.probabilities(), row, outputs());
                case EMBEDDING -> slice(inference.embedding(), row, inference.embeddingColumns());
                case LOGITS -> slice(inference.outputs(), row, outputs());
            };
        }
        return new GenericInternalRow(values);
    }

    /** The values of a row that can't be predicted. */
    InternalRow nothing() {
        return new GenericInternalRow(new Object[1 + extras.size()]);
    }

    private static UnsafeArrayData slice(float[] values, int row, int columns) {
        return UnsafeArrayData.fromPrimitiveArray(Arrays.copyOfRange(values, row * columns, (row + 1) * columns));
    }

    private Object prediction(float[] values, int from) {
        if (loss == LossFunction.CROSS_ENTROPY) {
            return (long) largest(values, from);
        }
        if (loss.isOfClassifiers()) {
            return isOne() ? (Object) yes(values[from]) : UnsafeArrayData.fromPrimitiveArray(decisions(values, from));
        }
        return isOne() ? (Object) (double) values[from] : UnsafeArrayData.fromPrimitiveArray(numbers(values, from));
    }

    /** The first of the largest; NaN is larger than any number, as for {@code torch.argmax}. */
    private int largest(float[] values, int from) {
        int best = 0;
        for (int i = 1; i < outputs(); i++) {
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
        long[] decisions = new long[outputs()];
        for (int i = 0; i < outputs(); i++) {
            decisions[i] = yes(values[from + i]);
        }
        return decisions;
    }

    private double[] numbers(float[] values, int from) {
        double[] numbers = new double[outputs()];
        for (int i = 0; i < outputs(); i++) {
            numbers[i] = values[from + i];
        }
        return numbers;
    }
}
