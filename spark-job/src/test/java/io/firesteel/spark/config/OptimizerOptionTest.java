package io.firesteel.spark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.optim.Adam;
import io.firesteel.engine.optim.Sgd;
import org.junit.jupiter.api.Test;

class OptimizerOptionTest {
    @Test
    void typeAloneHasTheDefaultsOfAJobFile() {
        assertThat(OptimizerOption.parse("adam")).isEqualTo(new Adam(0.001, 0.9, 0.999, 1e-8, 0));
    }

    @Test
    void mappingSetsKeys() {
        assertThat(OptimizerOption.parse("{type: sgd, learningRate: 0.1, momentum: 0.9}"))
                .isEqualTo(new Sgd(0.1, 0.9, false, 0));
    }

    @Test
    void optimizerThatThereIsNotIsRefused() {
        assertThatThrownBy(() -> OptimizerOption.parse("adan"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--optimizer adan: optimizer.type: Invalid value: \"adan\" (must be one of: ")
                .hasMessageEndingWith("did you mean 'adam'?)");
    }

    @Test
    void keyOutOfRangeIsRefused() {
        assertThatThrownBy(() -> OptimizerOption.parse("{type: adam, beta1: 1}"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "--optimizer {type: adam, beta1: 1}: optimizer.beta1: Invalid value: 1 (must be a number >= 0"
                                + " and < 1)");
    }

    @Test
    void textThatIsNoYamlIsRefused() {
        assertThatThrownBy(() -> OptimizerOption.parse("{type: ["))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("--optimizer {type: [: optimizer: Invalid YAML at column 9: ");
    }
}
