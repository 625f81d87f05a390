package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelConfigTest {
    private static final String MODEL = """
            name: churn
            derive: {week: "weekofyear(day)"}
            features: [{name: x, columns: [a, week], shape: [2]}]
            label: {column: y, type: int64}
            weight: {column: w}
            model: {type: linear, outputs: 2}
            loss: crossEntropy
            metrics: [accuracy]
            """;

    @Test
    void everyPartIsRead() {
        ModelConfig model = JobFile.parseModel(MODEL, "model.yaml");
        assertThat(model.derive()).isEqualTo(Map.of("week", "weekofyear(day)"));
        assertThat(model.features().get(0).shape()).isEqualTo(Optional.of(List.of(2)));
        assertThat(model.reserved()).containsExactly("y", "w");
        assertThat(model.labelTensor().shape()).isEmpty();
    }

    @Test
    void whatAJobWritesIsReadAgain() {
        String job = MODEL.replaceFirst("derive.*\n", "")
                + "data: {format: csv, path: a.csv, derive: {week: 'weekofyear(day)'}}\n"
                + "optimizer: {type: sgd}\ntrain: {epochs: 1}\n";
        JobConfig parsed =
                JobFile.parse(job, "job.yaml", new Substitutions(Map.of(), "/", Optional.empty()), List.of());
        assertThat(JobFile.parseModel(JobFile.modelToYaml(parsed, parsed.features()), "model.yaml"))
                .isEqualTo(JobFile.parseModel(MODEL, "model.yaml"));
    }

    @Test
    void otherKeysAndMissingOnesAreErrors() {
        assertThatThrownBy(() -> JobFile.parseModel(MODEL + "seed: 1\n", "model.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("seed: Unknown key");
        assertThatThrownBy(() -> JobFile.parseModel(MODEL.replaceFirst("loss.*\n", ""), "model.yaml"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("loss: Missing key");
    }
}
