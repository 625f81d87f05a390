package io.firesteel.spark.config;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The keys that name rows of a Spark source: they stand under {@code data} and under {@code data.validation}. */
final class SourceSection {
    /** Spark's own sources of files, which can do nothing without a path; others may be named by options alone. */
    private static final Set<String> FILE_FORMATS =
            Set.of("csv", "json", "parquet", "orc", "avro", "libsvm", "image", "binaryFile", "text", "xml");

    static final Key<String> FORMAT = Key.required("format", ScalarTypes.text());
    static final Key<List<String>> PATH = Key.optional("path", CollectionTypes.textOrList());
    static final Key<Map<String, String>> OPTIONS = Key.withDefault("options", CollectionTypes.options(), "{}");
    static final Key<String> WHERE = Key.optional("where", ScalarTypes.text());

    private SourceSection() {}

    /** The paths under a section; a problem is noted where the format can't do without. */
    static Optional<List<String>> findPaths(Section section, String format) {
        if (!section.has(PATH) && format != null && FILE_FORMATS.contains(format)) {
            section.report(
                    PATH.name(), "Missing key (must be " + PATH.type().expected() + " with format " + format + ")");
        }
        return section.find(PATH);
    }

    static List<String> checkPaths(String format, List<String> paths) {
        if (paths.isEmpty() && FILE_FORMATS.contains(format)) {
            throw new RuleViolation("path", "none (must be at least one with format " + format + ")");
        }
        PATH.check(present(paths));
        return List.copyOf(paths);
    }

    /** Empty where there is no path. */
    static Optional<List<String>> present(List<String> paths) {
        return Optional.of(paths).filter(list -> !list.isEmpty());
    }

    static Map<String, String> checkOptions(Map<String, String> options) {
        SecretOptions.checkPresent(options);
        return Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
