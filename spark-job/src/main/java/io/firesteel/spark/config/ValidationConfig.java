package io.firesteel.spark.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows that metrics are computed on and that training doesn't see. */
public sealed interface ValidationConfig {
    /**
     * A part of the training data, chosen by the stable hash of each row.
     *
     * @param fraction share of the rows, over 0 and under 1
     */
    record Split(double fraction) implements ValidationConfig {
        public Split {
            ValidationSection.FRACTION.check(fraction);
        }
    }

    /**
     * Data of its own.
     *
     * @param format name of a Spark source
     * @param paths as in {@link DataConfig}
     * @param options of the source, ordered by name
     * @param where SQL that a row must meet; empty: every row is used
     */
    record Data(String format, List<String> paths, Map<String, String> options, Optional<String> where)
            implements ValidationConfig {
        public Data {
            SourceSection.FORMAT.check(format);
            paths = SourceSection.checkPaths(format, paths);
            options = SourceSection.checkOptions(options);
            SourceSection.WHERE.check(where);
        }
    }
}
