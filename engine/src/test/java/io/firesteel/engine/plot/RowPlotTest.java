package io.firesteel.engine.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.firesteel.engine.plot.RowPlot.Accent;
import io.firesteel.engine.plot.RowPlot.Line;
import io.firesteel.engine.plot.RowPlot.Row;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class RowPlotTest {
    private static Document xml(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static RowPlot plot(Row... rows) {
        return new RowPlot("title <1>", "metric & unit", List.of(rows), List.of(new Line("limit", 0)));
    }

    private static int count(Document svg, String element) {
        return svg.getElementsByTagName(element).getLength();
    }

    /** 0 is in the middle of [-1, 1], whose pixels are 137 to 343. */
    @Test
    void dotsAndLinesAreWhereTheirNumbersAre() throws Exception {
        Document svg = xml(plot(
                        Row.dot("a", -1, Double.NaN, Double.NaN, Accent.NONE),
                        Row.dot("b", 1, Double.NaN, Double.NaN, Accent.BAD))
                .svg());
        assertThat(svg.getElementsByTagName("circle").item(0).getAttributes().getNamedItem("cx").getNodeValue())
                .isEqualTo("137.00");
        assertThat(svg.getElementsByTagName("circle").item(1).getAttributes().getNamedItem("cx").getNodeValue())
                .isEqualTo("343.00");
        assertThat(plot(
                                Row.dot("a", -1, Double.NaN, Double.NaN, Accent.NONE),
                                Row.dot("b", 1, Double.NaN, Double.NaN, Accent.BAD))
                        .svg())
                .contains("<path d=\"M240.00 20 L240.00 60\"");
    }

    @Test
    void whatHasNoPlaceIsNotDrawn() throws Exception {
        Document svg = xml(plot(
                        Row.dot("a", Double.NaN, 0, 1, Accent.NONE),
                        Row.dot("b", 1, 0, Double.POSITIVE_INFINITY, Accent.NONE),
                        Row.bar("c", Double.NaN, Accent.WARNING))
                .svg());
        assertThat(count(svg, "circle")).isEqualTo(1);
        assertThat(count(svg, "rect")).isZero();
    }

    @Test
    void barsBeginAtZero() {
        assertThat(new RowPlot("t", "a", List.of(Row.bar("x", 2, Accent.NONE), Row.bar("y", 1, Accent.BAD)), List.of())
                        .svg())
                .contains("<rect x=\"137.00\" y=\"9\" width=\"206.00\" height=\"10\" fill=\"#0072b2\"/>")
                .contains("<rect x=\"137.00\" y=\"29\" width=\"103.00\" height=\"10\" fill=\"#d55e00\"/>");
    }

    @Test
    void textsAreEscapedAndLongNamesCut() throws Exception {
        Document svg = xml(plot(Row.dot("<script>alert(1)</script>", 1, 0, 2, Accent.OTHER)).svg());
        assertThat(count(svg, "script")).isZero();
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("title <1>");
        assertThat(svg.getDocumentElement().getTextContent()).contains("<script>alert(1)</…");
    }

    @Test
    void noRowsAreRefused() {
        assertThatThrownBy(() -> plot())
                .hasMessage("Cannot plot title <1>: there are no rows (0, expected at least 1)");
    }
}
