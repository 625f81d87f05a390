package io.firesteel.spark.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the columns of a file of predictions are.
 *
 * @param byRole names of columns; roles that have none are absent
 */
public record PredictionColumns(Map<Role, List<String>> byRole) {
    /** What a column can be. */
    public enum Role {
        /** The model's outputs: one number, several columns, or an array. */
        PREDICTION(true, true),
        /** What is so: a class, a number, or several of them. */
        LABEL(true, true),
        /** Numbers beside a label that is a class, for metrics that read both. */
        TARGET(true, true),
        WEIGHT(true, false),
        /** The loss of a row, not weighted. */
        LOSS(true, false),
        /** What a row belongs to. */
        GROUP(false, false),
        /** What a model has written. */
        TEXT(false, false),
        /** What it should have written: any of the columns, or of an array. */
        REFERENCE(false, true);

        private final boolean numbers;
        private final boolean many;

        Role(boolean numbers, boolean many) {
            this.numbers = numbers;
            this.many = many;
        }

        boolean isNumbers() {
            return numbers;
        }

        boolean mayBeMany() {
            return many;
        }

        /** The word on the command line. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public PredictionColumns {
        byRole = new EnumMap<>(byRole);
    }

    /**
     * Reads {@code prediction=p0|p1,label=y}.
     *
     * @throws IllegalArgumentException if a role is unknown, there twice, or has too many columns
     */
    public static PredictionColumns parse(String text) {
        Map<Role, List<String>> byRole = new EnumMap<>(Role.class);
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            Role role =
                    role(equals < 0 ? part.strip() : part.substring(0, equals).strip(), part);
            if (byRole.putIfAbsent(role, names(role, equals < 0 ? "" : part.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("Invalid columns: " + role.label()
                        + " is there twice (must be there once; several columns are " + role.label() + "=a|b)");
            }
        }
        return new PredictionColumns(byRole);
    }

    private static Role role(String name, String part) {
        return Arrays.stream(Role.values())
                .filter(role -> role.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Invalid columns: " + part.strip()
                        + " (must be role=column with a role out of "
                        + Arrays.stream(Role.values()).map(Role::label).toList() + ")"));
    }

    private static List<String> names(Role role, String text) {
        List<String> names = new ArrayList<>();
        for (String name : text.split("\\|", -1)) {
            names.add(name.strip());
        }
        if (names.contains("") || (names.size() > 1 && !role.mayBeMany())) {
            throw new IllegalArgumentException("Invalid columns: " + role.label() + "=" + text + " (must be "
                    + (role.mayBeMany() ? "names of columns with | between them" : "the name of one column") + ")");
        }
        return names;
    }

    boolean has(Role role) {
        return byRole.containsKey(role);
    }

    List<String> names(Role role) {
        return byRole.getOrDefault(role, List.of());
    }

    @Override
    public Map<Role, List<String>> byRole() {
        return new EnumMap<>(byRole);
    }
}
