package io.firesteel.engine.plot;

import io.firesteel.engine.plot.RowPlot.Line;
import io.firesteel.engine.plot.RowPlot.Row;
import java.util.List;

/** Draws a {@link RowPlot}. */
final class SvgRows {
    private static final int WIDTH = 360;
    private static final int LEFT = 132;
    private static final int RIGHT = 348;
    private static final int ROW = 20;
    private static final int HALF_BAR = 5;
    private static final int LINE_NAMES = 16;
    private static final int MARKS = 20;
    private static final int AXIS = 18;
    private static final int LONGEST_NAME = 19;
    private static final int LEAST_DISTANCE = 40;

    private final RowPlot plot;
    private final int top;
    private final int bottom;
    private final Span span;
    private final Canvas canvas;

    SvgRows(RowPlot plot) {
        this.plot = plot;
        this.top = 4 + (plot.lines().isEmpty() ? 0 : LINE_NAMES);
        this.bottom = top + ROW * plot.rows().size();
        this.span = Span.around(
                Axis.linear(plot.axis()),
                List.of(new Series("", plot.places())),
                Series.Point::x,
                LEFT + HALF_BAR,
                RIGHT - HALF_BAR);
        this.canvas = new Canvas(Form.EMBEDDED, WIDTH, bottom + MARKS + AXIS);
    }

    String text() {
        canvas.begin(plot.title());
        marks();
        for (int i = 0; i < plot.rows().size(); i++) {
            draw(plot.rows().get(i), top + ROW * i + ROW / 2);
        }
        plot.lines().forEach(this::draw);
        canvas.label((LEFT + RIGHT) / 2.0, bottom + MARKS + AXIS - 6, "middle", "", plot.axis());
        return canvas.end();
    }

    /** Numbers that would run into each other are left out. */
    private void marks() {
        double last = Double.NEGATIVE_INFINITY;
        for (double mark : span.marks()) {
            double x = span.pixelOfPlace(mark);
            canvas.grid(x, top, x, bottom);
            if (x - last >= LEAST_DISTANCE) {
                canvas.label(x, bottom + 14, "middle", "", Canvas.number(mark));
                last = x;
            }
        }
    }

    private void draw(Row row, int y) {
        canvas.label(LEFT - 8, y + 4, "end", "", shortened(row.name()));
        String colour = row.accent().colour();
        if (row.isBar()) {
            RowPlot.pixel(span, row.value()).ifPresent(x -> bar(span.pixel(0), x, y, colour));
            return;
        }
        RowPlot.pixel(span, row.low()).ifPresent(low -> RowPlot.pixel(span, row.high())
                .ifPresent(high -> canvas.line(
                        "<path d=\"M%s %d L%s %d\" stroke=\"%s\" stroke-width=\"2\"/>",
                        Canvas.pixel(low), y, Canvas.pixel(high), y, colour)));
        RowPlot.pixel(span, row.value())
                .ifPresent(x -> canvas.line(
                        "<circle cx=\"%s\" cy=\"%d\" r=\"4\" fill=\"%s\"/>", Canvas.pixel(x), y, colour));
    }

    private void bar(double zero, double x, int y, String colour) {
        canvas.line(
                "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"/>",
                Canvas.pixel(Math.min(zero, x)), y - HALF_BAR, Canvas.pixel(Math.abs(x - zero)), 2 * HALF_BAR, colour);
    }

    private void draw(Line line) {
        RowPlot.pixel(span, line.value()).ifPresent(x -> {
            canvas.line(
                    "<path d=\"M%s %d L%s %d\" stroke=\"currentColor\" stroke-dasharray=\"4 3\"/>",
                    Canvas.pixel(x), top, Canvas.pixel(x), bottom);
            String anchor = anchor(x);
            canvas.label(x, top - 5, anchor, "font-size=\"10\"", line.name());
        });
    }

    /** Names stay on the picture and leave room to each other. */
    private String anchor(double x) {
        boolean crowdedRight = plot.lines().stream()
                .map(line -> span.pixel(line.value()))
                .anyMatch(other -> other > x && other < x + LEAST_DISTANCE);
        boolean crowdedLeft = plot.lines().stream()
                .map(line -> span.pixel(line.value()))
                .anyMatch(other -> other < x && other > x - LEAST_DISTANCE);
        if (crowdedRight || x > RIGHT - LEAST_DISTANCE) {
            return "end";
        }
        return crowdedLeft || x < LEFT + LEAST_DISTANCE ? "start" : "middle";
    }

    private static String shortened(String name) {
        int[] characters = name.codePoints().toArray();
        return characters.length <= LONGEST_NAME ? name : new String(characters, 0, LONGEST_NAME - 1) + "…";
    }
}
