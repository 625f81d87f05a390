package io.firesteel.engine.metric.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The words of a text, as white space of any script separates them, and their n-grams. */
record Tokens(List<String> words) {
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    Tokens {
        words = List.copyOf(words);
    }

    static Tokens of(String text) {
        return new Tokens(
                SPACES.splitAsStream(text).filter(word -> !word.isEmpty()).toList());
    }

    int size() {
        return words.size();
    }

    /** How many n-grams there are, each as often as it occurs. */
    int ngrams(int order) {
        return Math.max(0, words.size() - order + 1);
    }

    /** How often each n-gram occurs. */
    Map<List<String>, Integer> counts(int order) {
        Map<List<String>, Integer> counts = new HashMap<>();
        for (int start = 0; start < ngrams(order); start++) {
            counts.merge(words.subList(start, start + order), 1, Integer::sum);
        }
        return counts;
    }

    /** The length of the longest common subsequence: in order, but not without gaps. */
    int longestCommon(Tokens other) {
        int[] lengths = new int[other.size() + 1];
        for (String word : words) {
            int diagonal = 0;
            for (int j = 1; j < lengths.length; j++) {
                int above = lengths[j];
                lengths[j] = word.equals(other.words.get(j - 1)) ? diagonal + 1 : Math.max(above, lengths[j - 1]);
                diagonal = above;
            }
        }
        return lengths[other.size()];
    }

    /** The sum, over n-grams, of how often both have it. */
    static int common(Map<List<String>, Integer> left, Map<List<String>, Integer> right) {
        int common = 0;
        for (Map.Entry<List<String>, Integer> entry : left.entrySet()) {
            common += Math.min(entry.getValue(), right.getOrDefault(entry.getKey(), 0));
        }
        return common;
    }
}
