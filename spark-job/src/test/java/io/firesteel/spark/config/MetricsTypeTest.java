package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code metrics}: texts, and names with mappings. */
class MetricsTypeTest {
    private static final String WATCHED = "\nhandlers: {earlyStopping: {metric: \"train.%s\", patience: 3}}\n";

    @Test
    void mappingIsTheTextThatItStandsFor() {
        assertThat(metrics("""
                        metrics:
                          - loss
                          - precision: {average: macro, classes: 10, as: p}
                          - recall: {average: none}
                          - accuracy:
                          - accuracy: {as: right}
                          - e=1-right
                          - "topKAccuracy(k=3)"
                        """))
                .containsExactly(
                        "loss",
                        "p=precision(average=macro,classes=10)",
                        "recall(average=none)",
                        "accuracy",
                        "right=accuracy",
                        "e=1-right",
                        "topKAccuracy(k=3)");
    }

    @Test
    void metricsSurviveTheResolvedJob() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL + "metrics: [{accuracy: {as: right}}, 'x=max(right,0.5)', loss]\n");
        assertThat(Jobs.parse(JobFile.toYaml(job)).metrics())
                .isEqualTo(List.of("right=accuracy", "x=max(right,0.5)", "loss"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mse; r2; label: {column: label, type: int64}; label: {column: label, type: float32}; 'OK'",
                "crossEntropy; r2; x; x; job.yaml:10: metrics.0: Invalid value: r2 (must be with a loss of targets that are numbers, not crossEntropy)",
                "mse; x=1-f1; label: {column: label, type: int64}; label: {column: label, type: float32}; job.yaml:10: metrics.0: Invalid value: f1 (must be with loss crossEntropy or binaryCrossEntropy, not mse)",
                "crossEntropy; selectionRate; x; x; job.yaml:10: metrics.0: Invalid value: selectionRate (must be computed by 'firesteel evaluate', as a job has no groups)",
                "crossEntropy; bleu; x; x; job.yaml:10: metrics.0: Invalid value: bleu (must be computed by 'firesteel evaluate', as a job has no texts)"
            })
    void metricMustReadWhatTheJobHas(String loss, String metric, String from, String to, String expected) {
        String text =
                Jobs.MINIMAL.replace("loss: crossEntropy", "loss: " + loss).replace(from, to) + "metrics: [" + metric
                        + "]\n";
        if (expected.equals("OK")) {
            assertThat(Jobs.parse(text).metrics()).containsExactly(metric);
        } else {
            assertThatThrownBy(() -> Jobs.parse(text)).hasMessageContaining(expected);
        }
    }

    @Test
    void partOfAMetricCanBeWatched() {
        String metrics = Jobs.MINIMAL + "metrics: [r=recall(average=none)]";
        assertThat(Jobs.parse(metrics + WATCHED.formatted("r[3]"))
                        .handlers()
                        .earlyStopping()
                        .get(0)
                        .metric())
                .isEqualTo("train.r[3]");
        assertThatThrownBy(() -> Jobs.parse(metrics + WATCHED.formatted("recall")))
                .hasMessageContaining("train.recall (must be one of: train.r");
    }

    private static List<String> metrics(String text) {
        return Jobs.parse(Jobs.MINIMAL + text).metrics();
    }
}
