package io.firesteel.connectors.source;

/**
 * A file that rows are read from.
 *
 * @param path full URI
 * @param bytes its length
 * @param modified when it was last written to, in milliseconds since 1970 by the storage's clock
 */
public record DatasetFile(String path, long bytes, long modified) {}
