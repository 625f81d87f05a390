package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Scalar;
import java.util.Optional;

/** What every step of reading one job file shares: where problems go, and what names in values stand for. */
record Reading(Substitutions substitutions, Problems problems) {

    /** The scalar with names in it replaced; empty after a problem. */
    Optional<Scalar> substitute(Scalar scalar, String key) {
        try {
            String text = substitutions.apply(scalar.text());
            return Optional.of(new Scalar(scalar.origin(), scalar.kind(), text, scalar.written()));
        } catch (IllegalArgumentException e) {
            problems.add(scalar.origin(), key, e.getMessage());
            return Optional.empty();
        }
    }

    /** Notes a value of the wrong type or out of its range. */
    void invalid(YamlValue value, String key, String expected) {
        boolean isNothing = value instanceof Scalar scalar && scalar.kind() == YamlValue.Kind.NULL;
        String what = isNothing ? "Missing value" : "Invalid value: " + value.shown();
        problems.add(value.origin(), key, what + " (must be " + expected + ")");
    }
}
