package io.firesteel.spark.barrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.comm.Sealing;
import io.firesteel.engine.comm.Secret;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Option;

class LinkSecurityTest {
    private static final Secret RUN = Secret.of(new byte[32]);

    private static LinkSecurity of(String... settings) {
        SparkConf conf = new SparkConf(false).set("spark.master", "spark://host:7077");
        for (int i = 0; i < settings.length; i += 2) {
            conf.set(settings[i], settings[i + 1]);
        }
        return LinkSecurity.of(
                new SecurityManager(conf, Option.empty(), SecurityManager.$lessinit$greater$default$3()), RUN);
    }

    @Test
    void plainSparkMeansPlainLinksAndTheRunsSecret() {
        assertThat(of()).isEqualTo(new LinkSecurity(Sealing.NONE, RUN));
    }

    @ParameterizedTest
    @CsvSource({
        "spark.network.crypto.enabled",
        "spark.authenticate.enableSaslEncryption",
    })
    void encryptionOfSparkIsEncryptionOfLinks(String setting) {
        assertThat(of("spark.authenticate", "true", "spark.authenticate.secret", "s", setting, "true")
                        .sealing())
                .isEqualTo(Sealing.ENCRYPTION);
        assertThat(of("spark.authenticate", "true", "spark.authenticate.secret", "s", setting, "false")
                        .sealing())
                .isEqualTo(Sealing.NONE);
    }

    @Test
    void tlsOfSparkIsEncryptionOfLinks() {
        assertThat(of("spark.ssl.rpc.enabled", "true", "spark.ssl.rpc.keyStore", "/none")
                        .sealing())
                .isEqualTo(Sealing.ENCRYPTION);
        assertThat(of("spark.ssl.ui.enabled", "true").sealing()).isEqualTo(Sealing.NONE);
    }

    @Test
    void secretOfSparkIsMixedIn() {
        Secret one = of("spark.authenticate", "true", "spark.authenticate.secret", "one")
                .secret();
        Secret two = of("spark.authenticate", "true", "spark.authenticate.secret", "two")
                .secret();
        assertThat(one).isNotEqualTo(RUN).isNotEqualTo(two);
        assertThat(of("spark.authenticate", "true", "spark.authenticate.secret", "one")
                        .secret())
                .isEqualTo(one);
        // Without authentication a secret that lies about isn't used: not all processes may have it.
        assertThat(of("spark.authenticate.secret", "one").secret()).isEqualTo(RUN);
    }
}
