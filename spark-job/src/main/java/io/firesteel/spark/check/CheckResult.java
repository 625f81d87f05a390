package io.firesteel.spark.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a check has found.
 *
 * @param name the check: {@code rows.minimum}, {@code drift}, …
 * @param column of the data; empty where the check is about all of it
 * @param status what follows
 * @param text one sentence for people: what was found, what was expected and, where it isn't fine, the way out; no full stop
 * @param value what was measured
 * @param limit what it was compared with
 */
public record CheckResult(
        String name, Optional<String> column, Status status, String text, OptionalDouble value, OptionalDouble limit) {
    public CheckResult {
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(limit, "limit");
        if (name.isBlank() || text.isBlank()) {
            throw new IllegalArgumentException(
                    "Invalid result of a check: name \"" + name + "\", text \"" + text + "\" (must not be blank)");
        }
    }

    /** Of the data as a whole. */
    static CheckResult of(String name, Status status, String text, double value, double limit) {
        return new CheckResult(name, Optional.empty(), status, text, some(value), some(limit));
    }

    /** Of a column. */
    static CheckResult of(String name, String column, Status status, String text, double value, double limit) {
        return new CheckResult(name, Optional.of(column), status, text, some(value), some(limit));
    }

    /** Without numbers. */
    static CheckResult of(String name, String column, Status status, String text) {
        return of(name, column, status, text, Double.NaN, Double.NaN);
    }

    private static OptionalDouble some(double number) {
        return Double.isNaN(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** As it stands in {@code verdict.json}. */
    public Map<String, Object> toMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        column.ifPresent(named -> fields.put("column", named));
        fields.put("status", status.label());
        fields.put("text", text);
        value.ifPresent(measured -> fields.put("value", finite(measured)));
        limit.ifPresent(allowed -> fields.put("limit", finite(allowed)));
        return fields;
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
