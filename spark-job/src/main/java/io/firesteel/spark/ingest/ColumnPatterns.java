package io.firesteel.spark.ingest;

import java.util.List;
import java.util.regex.Pattern;

/** Names of columns, and globs of names: {@code *} stands for any characters, {@code ?} for one. */
public final class ColumnPatterns {
    private ColumnPatterns() {}

    /** Whether one of them is the name, or a glob that it matches. */
    public static boolean matchAny(List<String> patterns, String name) {
        return patterns.stream()
                .anyMatch(pattern ->
                        pattern.equals(name) || glob(pattern).matcher(name).matches());
    }

    private static Pattern glob(String pattern) {
        StringBuilder regex = new StringBuilder();
        pattern.chars().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString());
    }
}
