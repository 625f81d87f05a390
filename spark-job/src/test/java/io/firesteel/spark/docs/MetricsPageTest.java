package io.firesteel.spark.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.metric.MetricKind;
import io.firesteel.engine.metric.MetricParameter;
import io.firesteel.engine.metric.catalogue.Metrics;
import io.firesteel.engine.metric.set.MetricSet;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of all metrics on their page is made of the catalogue; {@code -Dfiresteel.docs=write} writes it anew. */
class MetricsPageTest {
    private static final String BEGIN = "<!-- metrics: written by MetricsPageTest -->";
    private static final String END = "<!-- end of metrics -->";

    @Test
    void tableHasEveryMetricAsItIs() throws IOException {
        if ("write".equals(System.getProperty("firesteel.docs"))) {
            write();
        }
        List<String> lines = Page.of("docs/metrics.md").lines();
        assertThat(lines.subList(lines.indexOf(BEGIN) + 1, lines.indexOf(END)))
                .as("docs/metrics.md (-Dfiresteel.docs=write writes it)")
                .isEqualTo(table());
    }

    @Test
    void metricsOfTheTasksAreThere() {
        List<String> names = Page.of("docs/metrics.md").lines().stream()
                .dropWhile(line -> !line.startsWith("| the task"))
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> Pattern.compile("`([^`]+)`").matcher(line).results())
                .map(match -> match.group(1))
                .toList();
        assertThat(names)
                .hasSizeGreaterThan(30)
                .allSatisfy(name -> assertThat(MetricSet.of(name).names()).containsExactly(name));
    }

    private static void write() throws IOException {
        Page page = Page.of("docs/metrics.md");
        List<String> lines = new ArrayList<>(page.lines());
        List<String> inside = lines.subList(lines.indexOf(BEGIN) + 1, lines.indexOf(END));
        inside.clear();
        inside.addAll(table());
        Files.write(page.file(), lines);
    }

    private static List<String> table() {
        List<String> lines = new ArrayList<>(List.of("", "| name | what | reads | parameters |", "|---|---|---|---|"));
        Metrics.kinds().forEach(kind -> lines.add(line(kind)));
        lines.add("");
        return lines;
    }

    private static String line(MetricKind kind) {
        String aliases = kind.aliases().isEmpty()
                ? ""
                : kind.aliases().stream().map(alias -> "`" + alias + "`").collect(Collectors.joining(", ", ", ", ""));
        String reads = kind.reads().stream()
                .sorted()
                .map(read -> read.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String parameters =
                kind.parameters().stream().map(MetricsPageTest::parameter).collect(Collectors.joining("; "));
        return "| `" + kind.name() + "`" + aliases + " | " + plain(kind.meaning()) + " | " + reads + " | "
                + plain(parameters) + " |";
    }

    private static String parameter(MetricParameter parameter) {
        String standard = parameter.standard() == null ? "" : "=" + shown(parameter.standard());
        return "`" + parameter.name() + standard + "` " + parameter.meaning() + " (" + parameter.expected() + ")";
    }

    private static String shown(Object standard) {
        return standard instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString(number.longValue())
                : String.valueOf(standard);
    }

    /** A bar would begin a new cell. */
    private static String plain(String text) {
        return text.replace("|", "\\|");
    }
}
