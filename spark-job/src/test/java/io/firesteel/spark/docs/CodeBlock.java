package io.firesteel.spark.docs;

import java.util.Arrays;
import java.util.List;

/**
 * A fenced block of a page.
 *
 * @param page the page's path in the repository
 * @param line of the opening fence, from 1
 * @param info the words behind the fence: the language, then marks such as {@code fragment}
 * @param text the lines between the fences
 */
record CodeBlock(String page, int line, List<String> info, String text) {
    static CodeBlock of(String page, int line, String info, List<String> lines) {
        List<String> words = Arrays.stream(info.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return new CodeBlock(page, line, words, String.join("\n", lines) + "\n");
    }

    boolean is(String language) {
        return !info.isEmpty() && info.get(0).equals(language);
    }

    boolean isMarked(String mark) {
        return info.size() > 1 && info.subList(1, info.size()).contains(mark);
    }

    /** For the names of tests and messages. */
    String place() {
        return page + ":" + line;
    }
}
