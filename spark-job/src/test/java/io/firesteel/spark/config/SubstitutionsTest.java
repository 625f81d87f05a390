package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.optim.Optimization;
import io.firesteel.engine.optim.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubstitutionsTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "plain, plain",
                "${cwd}/runs, /home/ada/work/runs",
                "day=${run.date}, day=2026-03-09",
                "${env.WORD}er, faster",
                "$${cwd}, ${cwd}",
                "$$${cwd}, $${cwd}",
                "$5 and a { and a }, $5 and a { and a }",
                "x$${a}${env.WORD}$${b}, x${a}fast${b}",
                "$${${env.WORD}}, ${fast}"
            })
    void namesAreReplacedAndEscapesKept(String text, String expected) {
        assertThat(Jobs.SUBSTITUTIONS.apply(text)).isEqualTo(expected);
    }

    @Test
    void valueThatLooksLikeANameIsNotReplacedAgain() {
        Substitutions nested = new Substitutions(Map.of("A", "${env.B}", "B", "no"), "/w", Optional.empty());
        assertThat(nested.apply("${env.A}")).isEqualTo("${env.B}");
    }

    @Test
    void escapedTextComesBackAsItWas() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append("${}cwd.".charAt(random.nextInt(7)));
            }
            assertThat(Jobs.SUBSTITUTIONS.apply(Substitutions.escape(text.toString())))
                    .isEqualTo(text.toString());
        }
    }

    @Test
    void runDateWithoutADateIsRefused() {
        Substitutions undated = new Substitutions(Map.of(), "/w", Optional.empty());
        String text = Jobs.with("path: digits.csv", "path: \"${run.date}.csv\"");
        assertThatThrownBy(() -> JobFile.parse(text, "job.yaml", undated, List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage("job.yaml:2: data.path: Cannot substitute ${run.date}: this run has no date (must be given"
                        + " with --date)");
    }

    @Test
    void numberAndTruthValueMayComeFromTheEnvironment() {
        JobConfig job = Jobs.parse(Jobs.MINIMAL
                .replace(
                        "{type: sgd}",
                        "{type: sgd, learningRate: \"${env.LR}\", momentum: 0.9, nesterov: \"${env.FLAG}\"}")
                .replace("{epochs: 1}", "\n  epochs: ${env.EPOCHS}"));
        assertThat(job.optimizer()).isEqualTo(Optimization.of(new Sgd(0.01, 0.9, true, 0)));
        assertThat(job.train().epochs()).isEqualTo(7);
    }

    @Test
    void textOutOfTheEnvironmentIsTextEvenWhereItLooksLikeANumber() {
        assertThat(Jobs.parseWith("name: digits", "name: ${env.EPOCHS}").name()).isEqualTo("7");
    }

    @Test
    void defaultsAreSubstitutedToo() {
        assertThat(Jobs.parse(Jobs.MINIMAL).output()).isEqualTo("/home/ada/work/runs");
    }
}
