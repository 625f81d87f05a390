package io.firesteel.engine.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Numbers with names, each on a row of its own: as a dot, mostly within an interval, or as a bar from 0. As a part of a page in SVG 1.1 of 360
 * pixels by as many as the rows need. Equal plots give equal bytes on every machine. No fonts, scripts or other files are needed
 * to show it.
 *
 * @param title what a reader is told who can't see it
 * @param axis what the numbers are
 * @param rows from top to bottom, at least one
 * @param lines places that numbers are compared with, as a limit
 */
public record RowPlot(String title, String axis, List<Row> rows, List<Line> lines) {
    public RowPlot {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(axis, "axis");
        rows = List.copyOf(rows);
        lines = List.copyOf(lines);
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("Cannot plot " + title + ": there are no rows (0, expected at least 1)");
        }
    }

    /** How a row stands out. */
    public enum Accent {
        NONE("#0072b2"),
        /** Of another kind than the rest. */
        OTHER("#009e73"),
        WARNING("#e69f00"),
        BAD("#d55e00");

        private final String colour;

        Accent(String colour) {
            this.colour = colour;
        }

        String colour() {
            return colour;
        }
    }

    /**
     * A number.
     *
     * @param name to its left
     * @param value where its dot is, or the end of its bar; not drawn if it isn't finite
     * @param low of its interval; none is drawn if it isn't finite
     * @param high of its interval; none is drawn if it isn't finite
     * @param isBar whether it is a bar
     * @param accent its colour
     */
    public record Row(String name, double value, double low, double high, boolean isBar, Accent accent) {
        public Row {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(accent, "accent");
        }

        /** A dot within an interval. */
        public static Row dot(String name, double value, double low, double high, Accent accent) {
            return new Row(name, value, low, high, false, accent);
        }

        /** A bar from 0. */
        public static Row bar(String name, double value, Accent accent) {
            return new Row(name, value, Double.NaN, Double.NaN, true, accent);
        }
    }

    /**
     * A line across all rows.
     *
     * @param name above it
     * @param value where it is
     */
    public record Line(String name, double value) {
        public Line {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The picture as XML text with line breaks, for a page in UTF-8. */
    public String svg() {
        return new SvgRows(this).text();
    }

    /** All places that have to be on the axis. */
    List<Series.Point> places() {
        List<Series.Point> places = new ArrayList<>();
        for (Row row : rows) {
            List.of(row.value(), row.low(), row.high(), row.isBar() ? 0 : row.value())
                    .forEach(value -> places.add(new Series.Point(value, 0)));
        }
        lines.forEach(line -> places.add(new Series.Point(line.value(), 0)));
        return places;
    }

    /** The pixel of a number. */
    static OptionalDouble pixel(Span span, double value) {
        double pixel = span.pixel(value);
        return Double.isFinite(pixel) ? OptionalDouble.of(pixel) : OptionalDouble.empty();
    }
}
