package io.firesteel.connectors.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.data.DataException;
import java.net.ConnectException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SparkReadingTest {
    private static SparkSession spark;

    @BeforeAll
    static void startSpark() {
        spark = SparkSession.builder()
                .master("local[1]")
                .appName("SparkReadingTest")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir"))
                .getOrCreate();
    }

    @AfterAll
    static void stopSpark() {
        spark.stop();
    }

    @Test
    void whatIsReadComesBack() {
        assertThat(SparkReading.of(() -> spark.range(3).count())).isEqualTo(3);
    }

    @Test
    void valueOfAnotherTypeIsTheDatasMistake() {
        assertThatThrownBy(() -> SparkReading.of(() -> spark.range(3)
                        .selectExpr("cast(concat('x', id) as int)")
                        .collectAsList()))
                .isInstanceOf(DataException.class)
                .hasMessageMatching("Cannot read the data: The value 'x\\d' of the type \"STRING\" cannot be cast to"
                        + " \"INT\" because it is malformed.*");
    }

    @Test
    void storageIsToldWithItsReason() {
        assertThatThrownBy(() -> SparkReading.of(() -> {
                    throw new IllegalStateException("wrapped", new ConnectException("refused"));
                }))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot read the data: no server answers; start it, or correct the location or, for s3a:,"
                        + " fs.s3a.endpoint");
    }

    @Test
    void whatIsNobodysDataStaysAsItIs() {
        IllegalStateException bug = new IllegalStateException("a bug");
        assertThatThrownBy(() -> SparkReading.of(() -> {
                    throw bug;
                }))
                .isSameAs(bug);
        IllegalArgumentException job = new IllegalArgumentException("Invalid data.where: x");
        assertThatThrownBy(() -> SparkReading.of(() -> {
                    throw job;
                }))
                .isSameAs(job);
    }
}
