package io.firesteel.spark.predict;

import io.firesteel.connectors.hadoop.ArtifactDirectory;
import io.firesteel.connectors.source.DatasetLocation;
import io.firesteel.engine.data.DataException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/** A prediction from the files of the data to those of the predictions. */
public final class Prediction {
    private final PredictionRequest request;

    public Prediction(PredictionRequest request) {
        this.request = request;
    }

    /**
     * Predicts and writes.
     *
     * @throws DataException if there is no such model or data, or a value can't be used
     * @throws IllegalArgumentException if the output is there already, a column isn't, or the request is wrong otherwise
     * @throws io.firesteel.connectors.hadoop.ArtifactException if the model can't be read
     */
    public PredictionReport run(SparkSession spark) {
        checkOutput(spark.sparkContext().hadoopConfiguration());
        LoadedModel model = LoadedModel.load(request.model(), spark);
        long start = System.nanoTime();
        DatasetLocation location = request.data().location();
        Dataset<Row> rows = location.open(spark);
        LongAccumulator predicted = spark.sparkContext().longAccumulator("rows predicted");
        write(predictor(model, spark).counting(predicted).transform(rows, location.describe()));
        return new PredictionReport(
                request.data().path(),
                request.output(),
                request.format(),
                predicted.value(),
                (System.nanoTime() - start) / 1e9,
                model.location(),
                model.sha256());
    }

    private Predictor predictor(LoadedModel model, SparkSession spark) {
        Predictor predictor = Predictor.of(model, spark).invalidRows(request.invalidRows());
        if (request.batchSize().isPresent()) {
            predictor = predictor.batchSize(request.batchSize().getAsInt());
        }
        if (!request.columns().isEmpty()) {
            predictor = predictor.keeping(request.columns().toArray(String[]::new));
        }
        return request.extras().isPresent()
                ? predictor.with(request.extras().get().toArray(PredictionColumn[]::new))
                : predictor;
    }

    private void checkOutput(Configuration hadoop) {
        ArtifactDirectory output = ArtifactDirectory.of(request.output(), hadoop);
        String data = ArtifactDirectory.of(request.data().path(), hadoop).uri();
        if (data.equals(output.uri()) || data.startsWith(output.uri() + "/")) {
            throw new IllegalArgumentException("Cannot write predictions to " + request.output()
                    + ": the data is there, which is read at the same time (expected another place)");
        }
        if (!request.overwrite() && output.exists()) {
            throw new IllegalArgumentException("Cannot write predictions to " + request.output()
                    + ": it exists already (expected none there; --mode overwrite replaces it)");
        }
    }

    private void write(Dataset<Row> predictions) {
        boolean csv = request.format().equals(DataRequest.CSV);
        try {
            (csv ? FlatColumns.of(predictions) : predictions)
                    .write()
                    .format(request.format())
                    .mode(request.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
                    .option("header", csv ? "true" : "false")
                    .save(request.output());
        } catch (Exception e) {
            // Spark's Scala methods throw checked exceptions undeclared.
            if (e instanceof SparkThrowable known && "DATA_SOURCE_NOT_FOUND".equals(known.getCondition())) {
                throw new IllegalArgumentException(
                        "Invalid --output-format: " + request.format()
                                + " (must be a Spark source on the class path that can be written, such as csv, json, parquet or orc)",
                        e);
            }
            throw e;
        }
    }
}
