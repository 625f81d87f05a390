package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyOverrideTest {
    @Test
    void valueTakesThePlaceOfTheFiles() {
        assertThat(Jobs.parse(Jobs.MINIMAL, "train.epochs=3").train().epochs()).isEqualTo(3);
    }

    @Test
    void keyThatTheFileLacksIsAdded() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "checkpoint.everyIterations=5", "data.where=a = 'b=c'");
        assertThat(job.checkpoint()).contains(new CheckpointConfig(5, 2));
        assertThat(job.data().where()).contains("a = 'b=c'");
    }

    @Test
    void valueIsYaml() {
        JobConfig job = Jobs.parse(
                Jobs.MINIMAL, "metrics=[loss, accuracy]", "optimizer={type: adam, beta1: 0.5}", "name=\"x\"");
        assertThat(job.metrics()).containsExactly("loss", "accuracy");
        assertThat(job.optimizer()).isEqualTo(Optimization.of(new Adam(0.001, 0.5, 0.999, 1e-8, 0)));
        assertThat(job.name()).isEqualTo("x");
    }

    @Test
    void indexReachesIntoAList() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "features.0.scale=0.5", "features.1={column: age}");
        assertThat(job.features().get(0).scale()).isEqualTo(0.5);
        assertThat(job.features().get(1).name()).isEqualTo("input1");
    }

    @Test
    void indexAfterTheLastAppends() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "features.1.column=age", "features.1.offset=-1");
        assertThat(job.features()).hasSize(2);
        assertThat(job.features().get(1).offset()).isEqualTo(-1);
    }

    @Test
    void laterOverrideWins() {
        assertThat(Jobs.parse(Jobs.MINIMAL, "seed=1", "seed=2").seed()).isEqualTo(2);
    }

    @Test
    void nameOfAnOptionMayHaveDots() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "data.options.fs.s3a.endpoint=minio:9000", "data.options.header=true");
        assertThat(job.data().options())
                .containsEntry("fs.s3a.endpoint", "minio:9000")
                .containsEntry("header", "true");
    }

    @Test
    void overriddenValueIsSubstituted() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL, "output=${cwd}/out", "optimizer.learningRate=${env.LR}");
        assertThat(job.output()).isEqualTo("/home/ada/work/out");
        assertThat(job.optimizer()).isEqualTo(Optimization.of(new Sgd(0.01, 0, false, 0)));
    }

    @Test
    void wrongValueInTheFileIsForgottenWhereItIsOverridden() {
        assertThat(Jobs.parse(Jobs.with("{epochs: 1}", "{epochs: x}"), "train.epochs=2")
                        .train()
                        .shards())
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void overrideIsRefused(String override, String message) {
        assertThatThrownBy(() -> Jobs.parse(Jobs.MINIMAL, override))
                .isInstanceOf(ConfigException.class)
                .hasMessage("--set " + override + ": " + message);
    }

    static Stream<Arguments> overrideIsRefused() {
        return Stream.of(
                arguments("train.epochs=0", "Invalid value: 0 (must be a whole number >= 1)"),
                arguments("train={epochs: 0}", "train.epochs: Invalid value: 0 (must be a whole number >= 1)"),
                arguments("train.epochs=", "Missing value (must be a whole number >= 1)"),
                arguments("train.epochs", "Cannot read override: no key before a '=' (must be key=value)"),
                arguments("=3", "Cannot read override: no key before a '=' (must be key=value)"),
                arguments("train..epochs=3", "Cannot read override: an empty name in the path train..epochs"),
                arguments("trian.epochs=3", "trian: Unknown key (did you mean 'train'?)"),
                arguments("train.epoch=3", "Unknown key (did you mean 'epochs'?)"),
                arguments(
                        "train.epochs.max=3",
                        "Cannot set train.epochs.max: train.epochs is 1 (must be a mapping or a list)"),
                arguments(
                        "features.7.scale=3",
                        "Cannot set features.7.scale: features has no entry 7 (must be an index from 0 to 1, the last to"
                                + " append)"),
                arguments(
                        "features.first.scale=3",
                        "Cannot set features.first.scale: features has no entry first (must be an index from 0 to 1, the"
                                + " last to append)"),
                arguments("checkpoint.keep=3", "checkpoint.everyIterations: Missing key (must be a whole number >= 1)"),
                arguments(
                        "metrics=[loss",
                        "Invalid YAML at column 6: expected ',' or ']', but got <stream end> while parsing a flow"
                                + " sequence"),
                arguments("optimizer={type: sgd, type: adam}", "optimizer.type: Duplicate key"),
                arguments("seed=1\n---\n2", "Invalid YAML: a second document (must be one)"));
    }

    @Test
    void everyWrongOverrideIsReported() {
        assertThatThrownBy(() -> Jobs.parse(Jobs.MINIMAL, "train.epochs=0", "seed=x", "nam=y"))
                .hasMessage("""
                        --set seed=x: Invalid value: "x" (must be a whole number of 64 bits)
                        --set train.epochs=0: Invalid value: 0 (must be a whole number >= 1)
                        --set nam=y: Unknown key (did you mean 'name'?)""");
    }

    @Test
    void problemKnowsItsPlaceAndKey() {
        assertThatThrownBy(() -> Jobs.parse(Jobs.with("name: digits", "name: a/b"), "seed=x"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::source, Problem::line, Problem::key)
                                .containsExactly(tuple("job.yaml", 1, "name"), tuple("--set seed=x", 0, "seed")));
    }

    @Test
    void noOverrideChangesNothing() {
        assertThat(JobFile.parse(Jobs.MINIMAL, Jobs.FILE, Jobs.SUBSTITUTIONS, List.of()))
                .isEqualTo(Jobs.parse(Jobs.MINIMAL));
    }
}
