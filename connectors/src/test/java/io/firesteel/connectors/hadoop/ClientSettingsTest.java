package io.firesteel.connectors.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    @Test
    void defaultsOfHadoopAreShortened() {
        Configuration settings = ClientSettings.in(new Configuration());
        assertThat(settings.get("fs.s3a.retry.limit")).isEqualTo("3");
        assertThat(settings.get("ipc.client.connect.timeout")).isEqualTo("5000");
    }

    @Test
    void whatTheUserSetStays() {
        Configuration configuration = new Configuration();
        configuration.set("fs.s3a.retry.limit", "7");
        assertThat(ClientSettings.in(configuration).get("fs.s3a.retry.limit")).isEqualTo("7");
    }

    @Test
    void configurationOfTheCallerStaysAsItIs() {
        Configuration configuration = new Configuration();
        ClientSettings.in(configuration);
        assertThat(configuration.get("ipc.client.connect.timeout")).isEqualTo("20000");
    }
}
