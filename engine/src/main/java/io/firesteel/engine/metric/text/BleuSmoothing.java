package io.firesteel.engine.metric.text;

import java.util.Arrays;
import java.util.List;

/**
 * What becomes of an n-gram precision that is 0, after Chen and Cherry, <a
 * href="https://aclanthology.org/W14-3346.pdf">A Systematic Comparison of Smoothing Techniques for Sentence-Level BLEU</a>.
 */
enum BleuSmoothing {
    /** It stays 0, and so is the whole score. */
    NONE("none"),
    /** 0.1 for matches if there is none. */
    SMOOTH1("smooth1"),
    /** One more match and one more n-gram from n = 2 on. */
    SMOOTH2("smooth2"),
    /** As smooth2, but texts that are too short for an n-gram count as if they had one. */
    NLTK_SMOOTH2("nltkSmooth2");

    private static final double SMALL = 0.1;

    private final String word;

    BleuSmoothing(String word) {
        this.word = word;
    }

    static List<String> words() {
        return Arrays.stream(values()).map(smoothing -> smoothing.word).toList();
    }

    static BleuSmoothing of(String word) {
        return Arrays.stream(values())
                .filter(smoothing -> smoothing.word.equals(word))
                .findFirst()
                .orElseThrow();
    }

    /** The precision of n-grams of a length, of which {@code matches} are in a reference; n = 1 has a match. */
    double precision(int order, double matches, double ngrams) {
        double atLeastOne = Math.max(1, ngrams);
        return switch (this) {
            case NONE -> matches / atLeastOne;
            case SMOOTH1 -> (matches == 0 ? SMALL : matches) / atLeastOne;
            case SMOOTH2 -> order == 1 ? matches / ngrams : (matches + 1) / (ngrams + 1);
            case NLTK_SMOOTH2 -> order == 1 ? matches / atLeastOne : (matches + 1) / (atLeastOne + 1);
        };
    }
}
