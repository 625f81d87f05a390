package io.firesteel.spark.config;

/** A value that a record of the job refuses: out of its range, or against another value. */
final class RuleViolation extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String detail;

    /**
     * @param key dotted path within the record
     * @param detail the value and what it must be: {@code "4 (must be <= shards, 2)"}
     */
    RuleViolation(String key, String detail) {
        super("Invalid " + key + ": " + detail);
        this.key = key;
        this.detail = detail;
    }

    String key() {
        return key;
    }

    String detail() {
        return detail;
    }
}
