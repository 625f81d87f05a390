package io.firesteel.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.firesteel.spark.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluations from the file to the report; expected values are by hand. */
@Timeout(300)
class EvaluateCommandTest {
    private static final String PROBABILITIES = """
            p,y,w,l
            0.9,1,1,0.5
            0.2,0,1,1.5
            0.6,0,2,2
            0.4,1,4,4
            """;

    @TempDir
    private Path directory;

    @Test
    void csvOfProbabilitiesIsEvaluated() throws IOException {
        TrainingRuns.Ended ended =
                evaluate(PROBABILITIES, "prediction=p,label=y", "accuracy").done();
        JsonNode report = report();
        assertThat(report.get("schema").asText()).isEqualTo("firesteel.evaluation/1");
        assertThat(report.get("rows").asLong()).isEqualTo(4);
        assertThat(report.get("predictionKind").asText()).isEqualTo("probabilities");
        assertThat(report.get("predictionKindGiven").asBoolean()).isFalse();
        assertThat(value("accuracy")).isEqualTo(0.5);
        assertThat(report.get("problems")).isEmpty();
        assertThat(ended.out()).isEqualTo("4 rows; predictions taken for probabilities\naccuracy  0.5\n");
    }

    @Test
    void weightsLossesNamesAndFormulasCount() throws IOException {
        evaluate(
                        PROBABILITIES,
                        "prediction=p,label=y,weight=w,loss=l",
                        "ACC, l=loss, wrong = 1 - acc, max(acc, 0.3), acc/0")
                .done();
        assertThat(value("ACC")).isEqualTo(2.0 / 8);
        assertThat(value("l")).isEqualTo((0.5 + 1.5 + 4 + 16) / 8);
        assertThat(value("wrong")).isEqualTo(0.75);
        assertThat(value("max(acc,0.3)")).isEqualTo(0.3);
        assertThat(report().get("definitions").get("ACC").asText()).isEqualTo("accuracy");
        assertThat(report().get("metrics").get("acc/0").isNull()).isTrue();
        assertThat(report().get("problems").get("acc/0").asText())
                .isEqualTo("acc/0 is Infinity (JSON has no such number)");
    }

    /** Predictions, labels and what they are: the share of right ones tells how they were read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2|0|1; 2|0|0; classes; 2",
                "2.0|0.0|1.0; 2|0|0; classes; 2",
                "1.0|0.0|1.0; 1|0|0; probabilities; 2",
                "1.0|0.0|1.0; 1|0|2; classes; 2",
                "1|0|1; 1|0|0; classes; 2",
                "0.7|0.1|0.6; 1|0|0; probabilities; 2",
                "True|False|True; true|FALSE|false; classes; 2",
                "0.7|-0.1|0.2; 1|0|0; logits; 2",
                "3.5|-1|0.2; 1|0|1; logits; 3",
                "-1|2|3; 0|1|1; logits; 3"
            })
    void kindOfPredictionsIsFoundOut(String predictions, String labels, String kind, int right) throws IOException {
        String[] p = predictions.split("\\|", -1);
        String[] y = labels.split("\\|", -1);
        evaluate(
                        "p,y\n" + p[0] + "," + y[0] + "\n" + p[1] + "," + y[1] + "\n" + p[2] + "," + y[2] + "\n",
                        "prediction=p,label=y",
                        "accuracy")
                .done();
        assertThat(report().get("predictionKind").asText()).isEqualTo(kind);
        assertThat(value("accuracy")).isEqualTo(right / 3.0);
    }

    @Test
    void kindThatIsGivenIsTaken() throws IOException {
        evaluate("p,y\n0.2,1\n0.3,0\n", "prediction=p,label=y", "accuracy", "--prediction-kind", "logits")
                .done();
        assertThat(report().get("predictionKind").asText()).isEqualTo("logits");
        assertThat(report().get("predictionKindGiven").asBoolean()).isTrue();
        assertThat(value("accuracy")).isEqualTo(0.5);
    }

    @Test
    void severalColumnsAreAPredictionOfClasses() throws IOException {
        String csv = "a,b,c,y\n0.1,0.2,0.7,2\n0.5,0.3,0.2,0\n0.4,0.35,0.25,1\n";
        evaluate(csv, "prediction=a|b|c,label=y", "accuracy").done();
        assertThat(value("accuracy")).isEqualTo(2.0 / 3);
        assertThat(report().get("predictionKind").asText()).isEqualTo("probabilities");
    }

    @Test
    void severalLabelsAreYesOrNoEach() throws IOException {
        String csv = "a,b,y,z\n1,0,1,0\n0,0,1,0\n";
        evaluate(csv, "prediction=a|b,label=y|z", "accuracy").done();
        assertThat(report().get("predictionKind").asText()).isEqualTo("classes");
        assertThat(value("accuracy")).isEqualTo(0.75);
    }

    @Test
    void parquetOfArraysInManyPartitionsIsAsOneOfFew() throws IOException {
        Path file = directory.resolve("arrays.parquet");
        SharedSpark.session()
                .range(0, 1000, 1, 40)
                .select(
                        functions.expr("array(double(id % 3), 1.5D, double(id % 7)) as scores"),
                        functions.expr("id % 3 as y"),
                        functions.expr("0.1D * id as loss"))
                .write()
                .parquet(file.toString());
        TrainingRuns.run(words(file, "prediction=scores,label=y,loss=loss", "accuracy,loss"))
                .done();
        long right = 0;
        double losses = 0;
        for (int id = 0; id < 1000; id++) {
            double[] scores = {id % 3, 1.5, id % 7};
            int best = 0;
            for (int i = 1; i < 3; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            right += best == id % 3 ? 1 : 0;
            losses += 0.1 * id;
        }
        assertThat(report().get("rows").asLong()).isEqualTo(1000);
        assertThat(value("accuracy")).isEqualTo(right / 1000.0);
        assertThat(value("loss")).isCloseTo(losses / 1000, within(1e-12));
    }

    @Test
    void rowsThatLieInPartitionsOfNoneOrOneCount() throws IOException {
        Path file = directory.resolve("sparse.json");
        SharedSpark.session()
                .range(0, 3, 1, 20)
                .select(functions.expr("id as p"), functions.expr("1 as y"))
                .write()
                .json(file.toString());
        TrainingRuns.run(words(file, "prediction=p,label=y", "accuracy", "--format", "json"))
                .done();
        assertThat(value("accuracy")).isEqualTo(1.0 / 3);
    }

    @Test
    void fileWithoutRowsHasNoValuesButReasons() throws IOException {
        TrainingRuns.Ended ended =
                evaluate("p,y\n", "prediction=p,label=y", "accuracy").done();
        assertThat(report().get("rows").asLong()).isZero();
        assertThat(report().get("metrics").get("accuracy").isNull()).isTrue();
        assertThat(report().get("problems").get("accuracy").asText()).isEqualTo("Cannot compute accuracy: no rows yet");
        assertThat(ended.out()).contains("accuracy  - (Cannot compute accuracy: no rows yet)");
    }

    @Test
    void numbersAreReadAsFloat64() throws IOException {
        // Both would be the same number in float32.
        evaluate("p,l\n0,1.00000000000000022\n", "prediction=p,loss=l", "loss").done();
        assertThat(value("loss")).isEqualTo(1.0000000000000002);
    }

    /** The example of scikit-learn's roc_auc_score: 0.75, and 0.8333 for average_precision_score. */
    @Test
    void metricsOfScoresAndGroupsHaveTheirColumns() throws IOException {
        String csv = "p,y,g\n0.1,0,a\n0.4,0,a\n0.35,1,b\n0.8,1,b\n";
        String metrics = "roc_auc_score,average_precision_score,demographicParityDifference,confusionMatrix";
        evaluate(csv, "prediction=p,label=y,group=g", metrics, "--exact").done();
        assertThat(value("roc_auc_score")).isEqualTo(0.75);
        assertThat(value("average_precision_score")).isCloseTo(2.5 / 3, within(1e-12));
        assertThat(value("demographicParityDifference")).isEqualTo(0.5);
        assertThat(report().get("metrics").get("confusionMatrix")).hasToString("[[2.0,0.0],[1.0,1.0]]");
        assertThat(report().get("errors")).isEmpty();
    }

    @Test
    void estimateHasAnErrorInTheReport() throws IOException {
        String csv = "p,y\n0.1,0\n0.4,0\n0.35,1\n0.40001,1\n";
        evaluate(csv, "prediction=p,label=y", "rocAuc(exactRows=0)").done();
        double bound = report().get("errors")
                .get("rocAuc(exactRows=0)")
                .get("errorBound")
                .asDouble();
        // 0.4 and 0.40001 are in one bin, so that one of four pairs is open.
        assertThat(bound).isEqualTo(0.125);
        assertThat(value("rocAuc(exactRows=0)")).isCloseTo(0.75, within(bound));
    }

    @Test
    void oneClassOnlyHasAReasonInsteadOfAnArea() throws IOException {
        evaluate("p,y\n0.1,1\n0.4,1\n", "prediction=p,label=y", "rocAuc,accuracy")
                .done();
        assertThat(report().get("metrics").get("rocAuc").isNull()).isTrue();
        assertThat(report().get("problems").get("rocAuc").asText()).startsWith("Cannot compute rocAuc: ");
        assertThat(value("accuracy")).isZero();
    }

    @Test
    void textsAreComparedWithReferences() throws IOException {
        String csv = "t,r\nthe cat sat,the cat sat\na b,a c d\n";
        evaluate(csv, "text=t,reference=r", "wordErrorRate").done();
        assertThat(value("wordErrorRate")).isCloseTo(2.0 / 6, within(1e-12));
    }

    static List<Arguments> mistakes() {
        return List.of(
                mistake(
                        2,
                        "Unknown metric: acuracy (did you mean 'accuracy'?)",
                        "p,y\n1,1\n",
                        "prediction=p,label=y",
                        "acuracy"),
                mistake(
                        2,
                        "Invalid columns: prediction=q (must be a column of FILE, which has [p, y])",
                        "p,y\n1,1\n",
                        "prediction=q,label=y",
                        "accuracy"),
                mistake(
                        2,
                        "Cannot compute accuracy: there is no column of labels (expected --columns …,label=NAME)",
                        "p,y\n1,1\n",
                        "prediction=p",
                        "accuracy"),
                mistake(
                        2,
                        "Invalid columns: wieght=w (must be role=column with a role out of [prediction, label,"
                                + " target, weight, loss, group, text, reference])",
                        "p,y\n1,1\n",
                        "prediction=p,label=y,wieght=w",
                        "accuracy"),
                mistake(
                        2,
                        "Invalid columns: weight=a|b (must be the name of one column)",
                        "p,y\n1,1\n",
                        "prediction=p,label=y,weight=a|b",
                        "accuracy"),
                mistake(
                        3,
                        "Cannot evaluate FILE: column p has no value in 2 of 3 rows (expected a number in each)",
                        "p,y\n,1\n,1\n1,0\n",
                        "prediction=p,label=y",
                        "accuracy"),
                mistake(
                        3,
                        "Cannot evaluate FILE: column y is no number in 1 of 2 rows (for example \"cat\", expected a"
                                + " number in each)",
                        "p,y\n1,cat\n0,1\n",
                        "prediction=p,label=y",
                        "accuracy"),
                mistake(
                        2,
                        "Cannot compute logLoss: the predictions are classes (expected probabilities or logits)",
                        "p,y\n1,1\n0,0\n",
                        "prediction=p,label=y",
                        "logLoss"),
                mistake(
                        3,
                        "Cannot evaluate FILE: weights of column w are from -1.0 to 2.0 (expected finite numbers >= 0)",
                        "p,y,w\n1,1,2\n0,1,-1\n",
                        "prediction=p,label=y,weight=w",
                        "accuracy"),
                mistake(
                        3,
                        "Invalid class: 5 in row 1 of a batch (must be in [0, 2))",
                        "p,y\n0.5,1\n0.25,5\n",
                        "prediction=p,label=y",
                        "accuracy"));
    }

    private static Arguments mistake(int code, String message, String csv, String columns, String metrics) {
        return Arguments.of(code, message, csv, columns, metrics);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakeIsNamed(int code, String message, String csv, String columns, String metrics) throws IOException {
        TrainingRuns.Ended ended = evaluate(csv, columns, metrics);
        assertThat(ended.err())
                .startsWith(message.replace("FILE", directory.resolve("p.csv").toString()));
        assertThat(ended.code()).isEqualTo(code);
        assertThat(directory.resolve("report.json")).doesNotExist();
    }

    @Test
    void missingFileIsNamed() {
        TrainingRuns.Ended ended =
                TrainingRuns.run(words(directory.resolve("none.csv"), "prediction=p,label=y", "accuracy"));
        assertThat(ended.err()).contains("none.csv").contains("no such file");
        assertThat(ended.code()).isEqualTo(3);
    }

    @Test
    void unknownKindOfPredictionsIsRefused() throws IOException {
        TrainingRuns.Ended ended =
                evaluate("p,y\n1,1\n", "prediction=p,label=y", "accuracy", "--prediction-kind", "scores");
        assertThat(ended.err())
                .startsWith("Invalid --prediction-kind: scores (must be auto, logits, probabilities or classes)");
        assertThat(ended.code()).isEqualTo(2);
    }

    private TrainingRuns.Ended evaluate(String csv, String columns, String metrics, String... more) throws IOException {
        return TrainingRuns.run(words(Files.writeString(directory.resolve("p.csv"), csv), columns, metrics, more));
    }

    private String[] words(Path file, String columns, String metrics, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "evaluate",
                "--predictions",
                file.toString(),
                "--columns",
                columns,
                "--metrics",
                metrics,
                "--report",
                directory.resolve("report.json").toString()));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    private JsonNode report() {
        return TrainingRuns.json(directory.resolve("report.json"));
    }

    private double value(String metric) {
        return report().get("metrics").get(metric).asDouble();
    }
}
