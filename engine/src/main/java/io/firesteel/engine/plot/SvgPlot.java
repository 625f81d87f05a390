package io.firesteel.engine.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** Draws a {@link LinePlot}. */
final class SvgPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 84;
    private static final int RIGHT = 700;
    private static final int TOP = 44;
    private static final int BOTTOM = 364;
    private static final int MIDDLE_X = (LEFT + RIGHT) / 2;
    private static final int MIDDLE_Y = (TOP + BOTTOM) / 2;
    private static final int LEGEND_LINE = 18;

    /** Okabe and Ito's, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private final LinePlot plot;
    private final Span xs;
    private final Span ys;
    private final StringBuilder svg = new StringBuilder();

    SvgPlot(LinePlot plot) {
        this.plot = plot;
        this.xs = Span.around(plot.x(), plot.series(), Series.Point::x, LEFT, RIGHT);
        this.ys = Span.around(plot.y(), plot.series(), Series.Point::y, BOTTOM, TOP);
    }

    String text() {
        begin();
        xMarks();
        yMarks();
        frame();
        for (int i = 0; i < plot.series().size(); i++) {
            draw(plot.series().get(i), colour(i));
        }
        if (plot.series().size() > 1) {
            legend();
        }
        line("</svg>");
        return svg.toString();
    }

    private void begin() {
        line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        line(" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">");
        line("<title>%s</title>", escaped(plot.title()));
        line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, HEIGHT);
        label(MIDDLE_X, TOP - 20, "middle", "font-size=\"15\"", plot.title());
        label(MIDDLE_X, HEIGHT - 14, "middle", "", plot.x().label());
        label(
                18,
                MIDDLE_Y,
                "middle",
                "transform=\"rotate(-90 18 " + MIDDLE_Y + ")\"",
                plot.y().label());
    }

    private void frame() {
        line(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#222222\"/>",
                LEFT, TOP, RIGHT - LEFT, BOTTOM - TOP);
    }

    private static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    private void xMarks() {
        for (double mark : xs.marks()) {
            double x = xs.pixelOfPlace(mark);
            grid(x, TOP, x, BOTTOM);
            label(x, BOTTOM + 18, "middle", "", number(plot.x().scale().valueAt(mark)));
        }
    }

    private void yMarks() {
        for (double mark : ys.marks()) {
            double y = ys.pixelOfPlace(mark);
            grid(LEFT, y, RIGHT, y);
            label(LEFT - 8, y + 4, "end", "", number(plot.y().scale().valueAt(mark)));
        }
    }

    private void grid(double x1, double y1, double x2, double y2) {
        line("<path d=\"M%s %s L%s %s\" stroke=\"#dddddd\"/>", pixel(x1), pixel(y1), pixel(x2), pixel(y2));
    }

    /** One polyline per run of points that have a place. */
    private void draw(Series series, String colour) {
        StringBuilder points = new StringBuilder();
        for (Series.Point point : series.points()) {
            double x = xs.pixel(point.x());
            double y = ys.pixel(point.y());
            if (Double.isFinite(x) && Double.isFinite(y)) {
                points.append(points.isEmpty() ? "" : " ")
                        .append(pixel(x))
                        .append(',')
                        .append(pixel(y));
            } else {
                polyline(points, colour);
            }
        }
        polyline(points, colour);
    }

    private void polyline(StringBuilder points, String colour) {
        if (!points.isEmpty()) {
            line("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\" points=\"%s\"/>", colour, points);
            points.setLength(0);
        }
    }

    private void legend() {
        for (int i = 0; i < plot.series().size(); i++) {
            int y = TOP + 16 + i * LEGEND_LINE;
            line(
                    "<path d=\"M%d %d L%d %d\" stroke=\"%s\" stroke-width=\"3\"/>",
                    RIGHT - 24, y - 4, RIGHT - 8, y - 4, colour(i));
            label(RIGHT - 30, y, "end", "", plot.series().get(i).name());
        }
    }

    private void label(double x, double y, String anchor, String attributes, String text) {
        String more = attributes.isEmpty() ? "" : " " + attributes;
        line("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>", pixel(x), pixel(y), anchor, more, escaped(text));
    }

    private void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private static String pixel(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Six digits are enough for a mark; sums of steps have more. */
    private static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = rounded.signum() == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6);
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** Text as XML takes it: characters that XML doesn't know, as controls, become a replacement character. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isXml(character) ? character : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean isXml(int character) {
        boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
        boolean control = character < ' ' && character != '\t' && character != '\n';
        return !surrogate && !control && character != 0xFFFE && character != 0xFFFF;
    }
}
