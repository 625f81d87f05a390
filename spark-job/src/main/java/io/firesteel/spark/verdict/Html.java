package io.firesteel.spark.verdict;

import java.util.List;

/** HTML text that is XML too and grows piece by piece; what comes from people and data is escaped. */
final class Html {
    private final StringBuilder text = new StringBuilder();

    /** Adds markup that the caller vouches for. */
    Html markup(String markup) {
        text.append(markup);
        return this;
    }

    /** Adds text of any kind. */
    Html text(String any) {
        any.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append("&quot;");
                case '\'' -> text.append("&#39;");
                default -> text.appendCodePoint(isXml(character) ? character : 0xFFFD);
            }
        });
        return this;
    }

    private static boolean isXml(int character) {
        boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
        boolean control = character < ' ' && character != '\t' && character != '\n';
        return !surrogate && !control && character != 0xFFFE && character != 0xFFFF;
    }

    /** An element without attributes that holds text. */
    Html element(String name, String content) {
        return markup("<" + name + ">").text(content).markup("</" + name + ">");
    }

    /** A list of sentences, each with a full stop; nothing if there are none. */
    Html sentences(List<String> sentences) {
        if (sentences.isEmpty()) {
            return this;
        }
        markup("<ul>\n");
        sentences.forEach(sentence -> markup("<li>").text(upperFirst(sentence)).markup(".</li>\n"));
        return markup("</ul>\n");
    }

    static String upperFirst(String sentence) {
        return sentence.isEmpty() || sentence.startsWith("validation.")
                ? sentence
                : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** A picture with what it shows below. */
    Html figure(String svg, String caption) {
        return markup("<figure>\n").markup(svg).element("figcaption", caption).markup("\n</figure>\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
