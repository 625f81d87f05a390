package io.firesteel.engine.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.firesteel.engine.plot.Series.Point;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class LinePlotTest {
    /** The corners of the drawing, in pixels. */
    private static final double LEFT = 84;

    private static final double RIGHT = 700;
    private static final double TOP = 44;
    private static final double BOTTOM = 364;

    @Test
    void pointsLieWhereTheirValuesAre() {
        Series line = new Series("a", List.of(new Point(0, 1), new Point(5, 3), new Point(10, 2)));
        assertThat(lines(plot(line)))
                .containsExactly(points(LEFT, BOTTOM, (LEFT + RIGHT) / 2, TOP, RIGHT, (TOP + BOTTOM) / 2));
    }

    @Test
    void logarithmicAxisHasEqualDistancesForEqualQuotients() {
        Series line = new Series("a", List.of(new Point(1e-4, 0), new Point(1e-2, 1), new Point(1, 0)));
        LinePlot plot = new LinePlot("t", Axis.logarithmic("rate"), Axis.linear("loss"), List.of(line));
        assertThat(lines(plot)).containsExactly(points(LEFT, BOTTOM, (LEFT + RIGHT) / 2, TOP, RIGHT, BOTTOM));
        assertThat(texts(plot)).contains("0.0001", "0.001", "0.01", "0.1", "1");
    }

    @Test
    void shortLogarithmicAxisHasMarksBetweenThePowersOfTen() {
        Series line = new Series("a", List.of(new Point(0.003, 0), new Point(0.06, 1)));
        LinePlot plot = new LinePlot("t", Axis.logarithmic("rate"), Axis.linear("loss"), List.of(line));
        assertThat(texts(plot)).contains("0.005", "0.01", "0.02", "0.05").doesNotContain("0.001", "0.002", "0.1");
    }

    @Test
    void valuesWithoutAPlaceBreakTheLine() {
        Series line = new Series(
                "a",
                List.of(
                        new Point(0, 0),
                        new Point(1, 1),
                        new Point(2, Double.NaN),
                        new Point(3, Double.POSITIVE_INFINITY),
                        new Point(4, 1)));
        assertThat(lines(plot(line)))
                .containsExactly(points(LEFT, BOTTOM, LEFT + (RIGHT - LEFT) / 4, TOP), points(RIGHT, TOP));
    }

    @Test
    void valuesThatAreNotAboveZeroHaveNoPlaceOnALogarithmicAxis() {
        Series line = new Series("a", List.of(new Point(-1, 0), new Point(0, 0), new Point(1, 0), new Point(10, 1)));
        LinePlot plot = new LinePlot("t", Axis.logarithmic("x"), Axis.linear("y"), List.of(line));
        assertThat(lines(plot)).containsExactly(points(LEFT, BOTTOM, RIGHT, TOP));
    }

    @Test
    void marksAreRoundValues() {
        Series line = new Series("a", List.of(new Point(0, 0), new Point(1000, 0.0012)));
        assertThat(texts(plot(line)))
                .contains("0", "200", "400", "600", "800", "1000", "0.0002", "0.0004", "0.001", "0.0012");
    }

    @Test
    void oneValueLiesInTheMiddle() {
        Series line = Series.ofValues("a", 7, 7);
        assertThat(lines(plot(line))).containsExactly(points(LEFT, 204, RIGHT, 204));
        Series zero = Series.ofValues("a", 0);
        assertThat(lines(plot(zero))).containsExactly(points(392, 204));
    }

    @Test
    void plotWithoutPointsHasAxesOnly() {
        assertThat(lines(plot(new Series("a", List.of())))).isEmpty();
        assertThat(lines(plot(Series.ofValues("a", Double.NaN)))).isEmpty();
    }

    @Test
    void legendNamesTheLinesWhereThereAreSeveral() {
        Series a = Series.ofValues("first", 1, 2);
        Series b = Series.ofValues("second", 2, 1);
        assertThat(texts(new LinePlot("t", Axis.linear("x"), Axis.linear("y"), List.of(a, b))))
                .contains("first", "second");
        assertThat(texts(plot(a))).doesNotContain("first");
    }

    @Test
    void textsComeBackFromTheXml() {
        String nasty = "<a & \"b\"> 'c' é 漢 😀 ${x} %d";
        Series line = Series.ofValues(nasty, 1, 2);
        LinePlot plot = new LinePlot(nasty, Axis.linear(nasty + "x"), Axis.linear(nasty + "y"), List.of(line, line));
        assertThat(texts(plot)).contains(nasty, nasty + "x", nasty + "y");
        assertThat(texts(new LinePlot("a\u0000\uD800b", Axis.linear("x"), Axis.linear("y"), List.of(line))))
                .contains("a\uFFFD\uFFFDb");
    }

    @Test
    void bytesDoNotDependOnTheLocale() {
        LinePlot plot = plot(Series.ofValues("a", 0.5, 1.25));
        byte[] bytes = plot.bytes();
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(plot.bytes()).isEqualTo(bytes);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void plotWithoutLinesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LinePlot("t", Axis.linear("x"), Axis.linear("y"), List.of()))
                .withMessage("Cannot plot t: there are no lines (0, expected at least 1)");
    }

    private static LinePlot plot(Series line) {
        return new LinePlot("t", Axis.linear("x"), Axis.linear("y"), List.of(line));
    }

    private static String points(double... coordinates) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < coordinates.length; i += 2) {
            points.add(String.format(Locale.ROOT, "%.2f,%.2f", coordinates[i], coordinates[i + 1]));
        }
        return String.join(" ", points);
    }

    private static List<String> lines(LinePlot plot) {
        NodeList lines = parsed(plot).getElementsByTagName("polyline");
        List<String> points = new ArrayList<>();
        for (int i = 0; i < lines.getLength(); i++) {
            points.add(lines.item(i).getAttributes().getNamedItem("points").getNodeValue());
        }
        return points;
    }

    private static List<String> texts(LinePlot plot) {
        NodeList texts = parsed(plot).getElementsByTagName("text");
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < texts.getLength(); i++) {
            contents.add(texts.item(i).getTextContent());
        }
        return contents;
    }

    private static Document parsed(LinePlot plot) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(plot.bytes()));
        } catch (Exception e) {
            throw new AssertionError("no XML: " + plot.svg(), e);
        }
    }
}
