package io.firesteel.spark.predict;

import io.firesteel.engine.train.Inference.Result;
import io.firesteel.engine.train.LossFunction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of predictions: {@code prediction} is a class (bigint) for crossEntropy, 0 or 1 for
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

    int outputs() {
        return widths.outputs();
    }

    private DataType predictionType() {
        DataType one = loss.isOfClassifiers() ? DataTypes.LongType : DataTypes.DoubleType;
        return isOne() ? one : DataTypes.createArrayType(one, false);
    }

    /** Whether the prediction is a number, and not an array of them. */
    boolean isOne() {
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
}
