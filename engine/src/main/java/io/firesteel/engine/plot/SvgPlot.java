package io.firesteel.engine.plot;

/** Draws a {@link LinePlot}. */
final class SvgPlot {
    private static final int LEGEND_LINE = 18;

    private final LinePlot plot;
    private final Form form;
    private final int height;
    private final int left;
    private final int right;
    private final int top;
    private final int bottom;
    private final Span xs;
    private final Span ys;
    private final Canvas canvas;

    SvgPlot(LinePlot plot, Form form) {
        boolean picture = form == Form.PICTURE;
        this.plot = plot;
        this.form = form;
        this.height = picture ? 420 : 210;
        this.left = picture ? 84 : 62;
        this.right = picture ? 700 : 352;
        this.top = picture ? 44 : 10;
        this.bottom = picture ? 364 : 166;
        this.xs = Span.around(plot.x(), plot.series(), Series.Point::x, left, right);
        this.ys = Span.around(plot.y(), plot.series(), Series.Point::y, bottom, top);
        this.canvas = new Canvas(form, picture ? 720 : 360, height);
    }

    String text() {
        canvas.begin(plot.title());
        labels();
        xMarks();
        yMarks();
        frame();
        for (int i = 0; i < plot.series().size(); i++) {
            draw(plot.series().get(i), form.colour(i));
        }
        if (plot.series().size() > 1) {
            legend();
        }
        return canvas.end();
    }

    /** A page that a picture is part of says itself what it shows. */
    private void labels() {
        int middle = (top + bottom) / 2;
        int x = form == Form.PICTURE ? 18 : 12;
        if (form == Form.PICTURE) {
            canvas.label((left + right) / 2.0, top - 20, "middle", "font-size=\"15\"", plot.title());
        }
        canvas.label(
                (left + right) / 2.0,
                height - (form == Form.PICTURE ? 14 : 8),
                "middle",
                "",
                plot.x().label());
        canvas.label(
                x,
                middle,
                "middle",
                "transform=\"rotate(-90 " + x + " " + middle + ")\"",
                plot.y().label());
    }

    private void frame() {
        canvas.line(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\"/>",
                left, top, right - left, bottom - top, form.ink());
    }

    private void xMarks() {
        for (double mark : xs.marks()) {
            double x = xs.pixelOfPlace(mark);
            canvas.grid(x, top, x, bottom);
            canvas.label(x, bottom + 18, "middle", "", Canvas.number(plot.x().scale().valueAt(mark)));
        }
    }

    private void yMarks() {
        for (double mark : ys.marks()) {
            double y = ys.pixelOfPlace(mark);
            canvas.grid(left, y, right, y);
            canvas.label(left - 8, y + 4, "end", "", Canvas.number(plot.y().scale().valueAt(mark)));
        }
    }

    /** One polyline per run of points that have a place. */
    private void draw(Series series, String colour) {
        StringBuilder points = new StringBuilder();
        for (Series.Point point : series.points()) {
            double x = xs.pixel(point.x());
            double y = ys.pixel(point.y());
            if (Double.isFinite(x) && Double.isFinite(y)) {
                points.append(points.isEmpty() ? "" : " ")
                        .append(Canvas.pixel(x))
                        .append(',')
                        .append(Canvas.pixel(y));
            } else {
                polyline(points, colour);
            }
        }
        polyline(points, colour);
    }

    private void polyline(StringBuilder points, String colour) {
        if (!points.isEmpty()) {
            canvas.line(
                    "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>", colour, points);
            points.setLength(0);
        }
    }

    /** In a part of a page, where there is little room, it is on the side on which fewer points lie below it. */
    private void legend() {
        boolean onTheRight = form == Form.PICTURE || pointsAbove(true) <= pointsAbove(false);
        int mark = onTheRight ? right - 24 : left + 8;
        int name = onTheRight ? right - 30 : left + 30;
        for (int i = 0; i < plot.series().size(); i++) {
            int y = top + 16 + i * LEGEND_LINE;
            canvas.line(
                    "<path d=\"M%d %d L%d %d\" stroke=\"%s\" stroke-width=\"3\"/>",
                    mark, y - 4, mark + 16, y - 4, form.colour(i));
            canvas.label(
                    name, y, onTheRight ? "end" : "start", "", plot.series().get(i).name());
        }
    }

    /** Points in the upper half of a side. */
    private long pointsAbove(boolean onTheRight) {
        double middle = (left + right) / 2.0;
        return plot.series().stream()
                .flatMap(series -> series.points().stream())
                .filter(point -> ys.pixel(point.y()) < (top + bottom) / 2.0)
                .filter(point -> xs.pixel(point.x()) > middle == onTheRight)
                .count();
    }
}
