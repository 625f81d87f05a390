package io.firesteel.engine.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** SVG text that grows line by line. */
final class Canvas {
    private final Form form;
    private final int width;
    private final int height;
    private final StringBuilder svg = new StringBuilder();

    Canvas(Form form, int width, int height) {
        this.form = form;
        this.width = width;
        this.height = height;
    }

    /** The opening tag, with what a reader who can't see the picture is told. */
    void begin(String title) {
        if (form == Form.PICTURE) {
            line("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
            line(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"",
                    width, height, width, height);
            line(" font-family=\"sans-serif\" font-size=\"12\" fill=\"#222222\">");
            line("<title>%s</title>", escaped(title));
            line("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
        } else {
            line(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\""
                            + " font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\">",
                    width, height);
            line("<title>%s</title>", escaped(title));
        }
    }

    /** All that was drawn, as a whole. */
    String end() {
        line("</svg>");
        return svg.toString();
    }

    void grid(double x1, double y1, double x2, double y2) {
        line("<path d=\"M%s %s L%s %s\" %s/>", pixel(x1), pixel(y1), pixel(x2), pixel(y2), form.grid());
    }

    void label(double x, double y, String anchor, String attributes, String text) {
        String more = attributes.isEmpty() ? "" : " " + attributes;
        line("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\"%s>%s</text>", pixel(x), pixel(y), anchor, more, escaped(text));
    }

    void line(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    static String pixel(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /** Six digits are enough for a mark; sums of steps have more. */
    static String number(double value) {
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = rounded.signum() == 0 || (Math.abs(value) >= 1e-4 && Math.abs(value) < 1e6);
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** Text as XML takes it: characters that XML doesn't know, as controls, become a replacement character. */
    static String escaped(String text) {
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
