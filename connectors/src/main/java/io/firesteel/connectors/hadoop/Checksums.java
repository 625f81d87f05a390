package io.firesteel.connectors.hadoop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a directory that is finished, with their SHA-256: the content of its {@code SHA256SUMS}, which {@code sha256sum
 * --check} reads too.
 *
 * @param sha256 by name; not empty, no line breaks in names
 */
public record Checksums(SortedMap<String, String> sha256) {
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\\r\\n]+)");

    public Checksums {
        sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(sha256));
        if (sha256.isEmpty()) {
            throw new IllegalArgumentException("Invalid checksums: none (must name at least one file)");
        }
        sha256.forEach((name, sum) -> {
            if (!LINE.matcher(line(name, sum)).matches()) {
                throw new IllegalArgumentException(
                        "Invalid checksum: " + line(name, sum) + " (must be 64 hexadecimal digits and a file name)");
            }
        });
    }

    /** Those of files just written. */
    static Checksums of(Collection<StoredFile> files) {
        SortedMap<String, String> sums = new TreeMap<>();
        files.forEach(file -> sums.put(file.name(), file.sha256()));
        return new Checksums(sums);
    }

    /** @throws IllegalArgumentException if a line is none of these */
    static Checksums parse(byte[] content) {
        SortedMap<String, String> sums = new TreeMap<>();
        new String(content, UTF_8).lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "Invalid line: " + line + " (must be 64 hexadecimal digits, two spaces, a name)");
            }
            sums.put(matcher.group(2), matcher.group(1));
        });
        return new Checksums(sums);
    }

    byte[] toBytes() {
        StringBuilder lines = new StringBuilder();
        sha256.forEach((name, sum) -> lines.append(line(name, sum)).append('\n'));
        return lines.toString().getBytes(UTF_8);
    }

    private static String line(String name, String sum) {
        return sum + "  " + name;
    }
}
