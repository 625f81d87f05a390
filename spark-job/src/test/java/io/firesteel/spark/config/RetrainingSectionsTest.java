package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetrainingSectionsTest {
    private static final String VALIDATED = Jobs.MINIMAL.replace("data: {", "data: {validation: {fraction: 0.2}, ");

    @Test
    void jobWithoutTheKeysHasNoneOfThem() {
        assertThat(Jobs.parse(Jobs.MINIMAL).retraining()).isEqualTo(Retraining.NONE);
    }

    @Test
    void rulesOfPromotionAreRead() {
        String rules = """
                promote: {metric: validation.loss, minimum: 0.8, mustImprove: 0.002, confidence: 0.9, slices: [{by: region, maxDrop: 0.02}]}
                """;
        assertThat(Jobs.parse(VALIDATED + rules).retraining().promotion())
                .contains(new PromotionRules(
                        "validation.loss",
                        Optional.empty(),
                        Optional.of(0.8),
                        Optional.empty(),
                        0.002,
                        0.9,
                        PromotionRules.Test.BOOTSTRAP,
                        1000,
                        List.of(new PromotionRules.Slice("region", 0.02, 30))));
    }

    @Test
    void metricOfPromotionHasToBeMeasured() {
        String rules = "promote: {metric: validation.auc}\n";
        assertThatThrownBy(() -> Jobs.parse(VALIDATED + rules))
                .hasMessageContaining("promote.metric")
                .hasMessageContaining("validation.auc (must be one of: train.loss, validation.loss");
    }

    @Test
    void metricOfTrainingDecidesNothing() {
        assertThatThrownBy(() -> Jobs.parse(VALIDATED + "promote: {metric: train.loss}\n"))
                .hasMessageContaining("\"train.loss\" (must be validation. and the name of a metric)");
    }

    @Test
    void registryIsAgainstTheJobsDirectory() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL + "registry: models\n");
        assertThat(job.resolvedAgainst(JobDirectory.of("s3a://bucket/jobs/job.yaml"))
                        .retraining()
                        .registry())
                .contains("s3a://bucket/jobs/models");
    }

    @Test
    void overridesOfCandidatesAreKeptAsTheyAreWritten() {
        String candidates = """
                candidates:
                - name: wide
                  set: {model: {type: mlp, hidden: [256, 0x10], outputs: 10}, train.epochs: 3, data.where: "day < '${run.date}'"}
                """;
        CandidateConfig wide =
                Jobs.parse(Jobs.MINIMAL + candidates).retraining().candidates().get(0);
        assertThat(wide.overrides())
                .containsExactly(
                        "model={\"type\": \"mlp\", \"hidden\": [256, 16], \"outputs\": 10}",
                        "train.epochs=3",
                        "data.where=\"day < '${run.date}'\"");
    }

    @Test
    void candidatesHaveNamesOfTheirOwn() {
        assertThatThrownBy(() -> Jobs.parse(Jobs.MINIMAL + "candidates: [{name: a}, {name: a}]\n"))
                .hasMessageContaining("a (must differ from those of the other candidates)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retrain: {newData: {by: watermark}} | none (must name a column with by: watermark)",
                "retrain: {newData: {by: files, column: day}} | day (must be left out with by: files)",
                "checks: {ranges: [{column: a}]} | none (must have minimum, maximum or both)",
                "hooks: {onSuccess: {}} | Missing key (must have command or webhook)",
                "hooks: {onSuccess: {webhook: 'ftp://a'}} | an address that begins with http:// or https://",
                "checks: {drift: {test: chi}} | must be one of: psi, ks",
            })
    void wrongValueIsRefused(String yaml, String message) {
        assertThatThrownBy(() -> Jobs.parse(Jobs.MINIMAL + yaml + "\n")).hasMessageContaining(message);
    }

    @Test
    void addressOfAWebhookIsASecret() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL
                + "hooks: {onFailure: {webhook: 'https://me:pw@hooks.example.org/T0/B1?k=2', timeout: 5}}\n");
        assertThat(job.retraining().hooks().onFailure())
                .contains(new HookConfig(
                        List.of(), Optional.of("https://me:pw@hooks.example.org/T0/B1?k=2"), Duration.ofSeconds(5)));
        String saved = JobFile.toYamlWithoutSecrets(job);
        assertThat(saved)
                .contains("https://hooks.example.org/*(redacted)")
                .doesNotContain("T0")
                .doesNotContain("pw");
        assertThatThrownBy(() -> Jobs.parse(saved))
                .hasMessageContaining("must be given again where a saved job is run, as ${env.NAME}");
    }

    @Test
    void derivedColumnsKeepTheirOrder() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL.replace(
                "data: {", "data: {derive: {zone: \"upper(region)\", area: \"length(zone)\", one: 1}, "));
        assertThat(job.data().derive().entrySet())
                .containsExactly(
                        Map.entry("zone", "upper(region)"), Map.entry("area", "length(zone)"), Map.entry("one", "1"));
        assertThat(JobFile.modelToYaml(job, job.features())).contains("derive:");
    }
}
