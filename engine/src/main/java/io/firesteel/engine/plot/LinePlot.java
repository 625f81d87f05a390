package io.firesteel.engine.plot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Lines over two axes, as a picture in SVG 1.1 of 720 × 420 pixels, with marks on the axes and a legend where there are several lines.
 * The axes reach as far as the points do. Equal plots give equal bytes on every machine. No fonts, scripts or other files are
 * needed to show it.
 *
 * @param title above the picture
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param series the lines, at least one
 */
public record LinePlot(String title, Axis x, Axis y, List<Series> series) {
    public LinePlot {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(y, "y");
        series = List.copyOf(series);
        if (series.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot plot " + title + ": there are no lines (0, expected at least 1)");
        }
    }

    /** The picture as XML text with line breaks, which begins with the XML declaration. */
    public String svg() {
        return svg(Form.PICTURE);
    }

    /** The picture as XML text with line breaks: as a file, or as a part of a page, without title and half as large. */
    public String svg(Form form) {
        return new SvgPlot(this, form).text();
    }

    /** {@link #svg} in UTF-8, as a file has it. */
    public byte[] bytes() {
        return svg().getBytes(StandardCharsets.UTF_8);
    }
}
