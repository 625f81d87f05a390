package io.firesteel.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings in {@code conf/*.conf} are Spark's, and of the type that Spark expects. */
class OverlaysTest {
    private static final Path CONF = Path.of("..", "conf");

    /** Keys that no entry stands for: families with a name inside, and those of cluster managers not on the class path. */
    private static final Pattern UNDECLARED =
            Pattern.compile("spark\\.(executorEnv|kubernetes|yarn|(executor|task|worker)\\.resource)\\..+");

    @BeforeAll
    static void declareSparksEntries() {
        assertThat(org.apache.spark.internal.config.package$.MODULE$.BARRIER_SYNC_TIMEOUT())
                .isNotNull();
        assertThat(org.apache.spark.internal.config.Network$.MODULE$.NETWORK_TIMEOUT())
                .isNotNull();
        assertThat(SQLConf.WHOLESTAGE_MAX_NUM_FIELDS()).isNotNull();
    }

    static List<Path> overlays() throws IOException {
        try (Stream<Path> files = Files.list(CONF)) {
            return files.filter(file -> file.toString().endsWith(".conf")).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everySettingIsOneOfSparks(Path overlay) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(overlay, UTF_8)) {
            settings.load(reader);
        }
        assertThat(settings).isNotEmpty();
        settings.stringPropertyNames().forEach(key -> {
            assertThat(key).startsWith("spark.");
            if (!UNDECLARED.matcher(key).matches()) {
                ConfigEntry<?> entry = ConfigEntry.findEntry(key);
                assertThat(entry).as(key).isNotNull();
                assertThatCode(() -> entry.valueConverter().apply(settings.getProperty(key)))
                        .as(key)
                        .doesNotThrowAnyException();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSettingIsGivenTwice(Path overlay) throws IOException {
        assertThat(Files.readAllLines(overlay, UTF_8).stream()
                        .filter(line -> line.startsWith("spark."))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }
}
