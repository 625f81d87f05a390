package io.firesteel.spark.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one was most likely meant to be. */
final class Suggestion {
    private Suggestion() {}

    /** The nearest known name; empty where none is near. */
    static Optional<String> nearest(String name, Collection<String> known) {
        String plain = plain(name);
        Optional<String> byInitials = known.stream()
                .filter(candidate -> initials(candidate).equals(plain))
                .findFirst();
        return known.stream()
                .filter(candidate -> distance(plain, plain(candidate)) <= tolerance(plain))
                .min(Comparator.comparingInt(candidate -> distance(plain, plain(candidate))))
                .or(() -> byInitials);
    }

    private static int tolerance(String name) {
        return name.length() < 3 ? 0 : Math.max(1, name.length() / 3);
    }

    /** One spelling for {@code learningRate}, {@code learning_rate} and {@code Learning-Rate}. */
    private static String plain(String name) {
        return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }

    /** {@code lr} for {@code learningRate}. */
    private static String initials(String name) {
        return name.replaceAll("(?<!^)[^A-Z]", "").toLowerCase(Locale.ROOT);
    }

    /** Edits (insert, delete, replace, swap of neighbours) between two words: the optimal string alignment distance. */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
