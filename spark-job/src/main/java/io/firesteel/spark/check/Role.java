package io.firesteel.spark.check;

import java.util.Arrays;

/** What a column is to a training. */
public enum Role {
    FEATURE("feature"),
    /** A number to be predicted. */
    LABEL("label"),
    /** A whole number that names a class, counted by class. */
    CLASS_LABEL("classLabel"),
    WEIGHT("weight"),
    /** Not trained on, but checked, sliced by or compared with. */
    OTHER("other");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean isLabel() {
        return this == LABEL || this == CLASS_LABEL;
    }

    static Role of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label.equals(label))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("Invalid role of a column: " + label + " (must be one of "
                                + Arrays.stream(values()).map(Role::label).toList() + ")"));
    }
}
