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
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The settings in {@code conf/*.conf} are Spark's, and of the type that Spark expects. */
class OverlaysTest {
    private static final String HADOOP = "spark.hadoop.";
    private static final Path CONF = Path.of("..", "conf");

    /** Keys that no entry stands for: families with a name inside, and those of cluster managers not on the class path. */
    private static final Pattern UNDECLARED =
            Pattern.compile("spark\\.(executorEnv|hadoop|kubernetes|yarn|(executor|task|worker)\\.resource)\\..+");

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
        Properties settings = settings(overlay);
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

    /** The region has none. */
    @ParameterizedTest
    @MethodSource("overlays")
    void everySettingOfFileSystemsHasADefaultInHadoop(Path overlay) throws IOException {
        Configuration defaults = new HdfsConfiguration();
        settings(overlay).stringPropertyNames().stream()
                .filter(key -> key.startsWith(HADOOP) && !key.startsWith(HADOOP + "firesteel."))
                .filter(key -> !key.equals(HADOOP + Constants.AWS_REGION))
                .forEach(key -> assertThat(defaults.get(key.substring(HADOOP.length())))
                        .as(key)
                        .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noOverlayHoldsASecret(Path overlay) throws IOException {
        assertThat(settings(overlay).stringPropertyNames())
                .noneMatch(key -> key.matches("(?i).*(secret|password|token|access[.]?key).*"));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void noSettingIsGivenTwice(Path overlay) throws IOException {
        assertThat(Files.readAllLines(overlay, UTF_8).stream()
                        .filter(line -> line.startsWith("spark."))
                        .map(line -> line.substring(0, line.indexOf('='))))
                .doesNotHaveDuplicates();
    }

    private static Properties settings(Path overlay) throws IOException {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(overlay, UTF_8)) {
            settings.load(reader);
        }
        return settings;
    }
}
