package io.firesteel.spark.predict;

import io.firesteel.engine.data.TensorSpec;
import io.firesteel.spark.ingest.InputDecoder;
import io.firesteel.spark.ingest.LabelDecoder;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the columns of a row that is scored are: its id, the carried ones, the baseline, the label, the weight, and each model's features.
 *
 * @param name how messages call the rows
 * @param identified whether ids are hashes of rows
 * @param carried how many columns are
 * @param baseline null where there is none
 * @param labels reads labels and weights
 * @param label what a label is
 * @param weighted whether rows have weights
 * @param scorers one for each model
 */
record ScoringPlan(
        String name,
        boolean identified,
        int carried,
        Baseline baseline,
        LabelDecoder labels,
        TensorSpec label,
        boolean weighted,
        List<Scorer> scorers)
        implements Serializable {
    /** Rows that all networks predict at once. */
    static final int BATCH_SIZE = 1024;

    static final int ID = 0;
    static final int CARRIED = 1;

    /**
     * What a model needs.
     *
     * @param network to predict with
     * @param decoder of its features
     * @param columns how many it reads
     */
    record Scorer(Broadcast<NetworkSource> network, InputDecoder decoder, int columns) implements Serializable {}

    int baselineColumn() {
        return CARRIED + carried;
    }

    int labelColumn() {
        return baselineColumn() + (baseline != null ? 1 : 0);
    }

    int weightColumn() {
        return labelColumn() + 1;
    }

    int firstFeature() {
        return weightColumn() + (weighted ? 1 : 0);
    }
}
