package io.firesteel.spark.config;

/**
 * Where a value was written.
 *
 * @param source file name, or an override as it was given
 * @param line from 1; 0 in an override
 */
record Origin(String source, int line) {
    /** Of a default value: nobody wrote it, and it has no problems. */
    static final Origin DEFAULT = new Origin("default", 0);
}
