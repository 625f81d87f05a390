package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretOptionsTest {
    private static final String DATA = "data: {format: csv, path: digits.csv}";

    @Test
    void valuesOfSecretsAreLeftOut() {
        JobConfig job = Jobs.parseWith(
                DATA,
                "data: {format: jdbc, options: {user: ada, password: lovelace, fs.s3a.secret.key: k1, sasToken: k2, sep: ','}}");
        assertThat(JobFile.toYamlWithoutSecrets(job))
                .doesNotContain("lovelace", "k1", "k2")
                .contains("password: '*(redacted)'", "user: ada", "sep: ','");
    }

    @Test
    void secretsInsideAddressesAreLeftOut() {
        JobConfig job = Jobs.parseWith(
                DATA,
                "data: {format: jdbc, options: {a: 'jdbc:pg://h/d?password=p1&ssl=on', b: 'https://ada:p2@h/d'}}");
        assertThat(JobFile.toYamlWithoutSecrets(job))
                .contains("jdbc:pg://h/d?password=*(redacted)&ssl=on", "https://ada:*(redacted)@h/d");
    }

    @Test
    void secretsOfValidationDataAreLeftOut() {
        JobConfig job = Jobs.parseWith(
                DATA, "data: {format: csv, path: a, validation: {format: jdbc, options: {password: lovelace}}}");
        assertThat(JobFile.toYamlWithoutSecrets(job)).doesNotContain("lovelace");
    }

    @Test
    void jobWithoutSecretsIsSavedAsItIs() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL);
        assertThat(JobFile.toYamlWithoutSecrets(job)).isEqualTo(JobFile.toYaml(job));
    }

    @Test
    void savedJobAsksForItsSecretsAgain() {
        assertThatThrownBy(() -> Jobs.parseWith(DATA, "data: {format: jdbc, options: {password: '*(redacted)'}}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("job.yaml:2: data.options: Invalid value: password is *(redacted)"
                        + " (must be given again where a saved job is run, as ${env.NAME})");
    }
}
