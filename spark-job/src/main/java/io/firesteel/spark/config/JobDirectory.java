package io.firesteel.spark.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory of a job file, against which relative paths in it are meant. Works on text alone, as Hadoop reads paths:
 * nothing is percent-encoded, spaces and globs stay.
 */
public final class JobDirectory {
    /** Scheme and authority, each with its punctuation, then the path. */
    private static final Pattern LOCATION =
            Pattern.compile("((?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/]*)?)(.*)", Pattern.DOTALL);

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    /** Scheme and authority; empty for a plain path. */
    private final String root;

    /** Path with a slash at its end, or empty for the working directory. */
    private final String path;

    private JobDirectory(String root, String path) {
        this.root = root;
        this.path = path;
    }

    /**
     * The directory that holds a job file.
     *
     * @param jobFile path or Hadoop URI of the file; paths resolve to relative ones if it is a relative path
     */
    public static JobDirectory of(String jobFile) {
        Matcher location = LOCATION.matcher(jobFile);
        if (!location.matches()) {
            throw new IllegalArgumentException("Invalid job file: " + jobFile + " (must be a path or a URI)");
        }
        String file = location.group(2);
        return new JobDirectory(location.group(1), file.substring(0, file.lastIndexOf('/') + 1));
    }

    /** The location that a path in the job file means; one that is absolute or has a scheme stays as it is. */
    public String resolve(String written) {
        if (written.startsWith("/") || SCHEME.matcher(written).matches()) {
            return written;
        }
        boolean needsSlash = path.isEmpty() && !root.isEmpty();
        return root + normal(needsSlash ? "/" + written : path + written);
    }

    /** Resolves each path. */
    public List<String> resolve(List<String> written) {
        return written.stream().map(this::resolve).toList();
    }

    /** The path without {@code .} and {@code ..}; as on any file system, the parent of the root is the root. */
    private static String normal(String path) {
        List<String> names = new ArrayList<>();
        boolean isAbsolute = path.startsWith("/");
        for (String name : path.split("/+", -1)) {
            int last = names.size() - 1;
            if (name.equals("..") && last >= 0 && !names.get(last).equals("..")) {
                names.remove(last);
            } else if (!name.equals(".") && !name.isEmpty() && !(name.equals("..") && isAbsolute)) {
                names.add(name);
            }
        }
        String joined = (isAbsolute ? "/" : "") + String.join("/", names);
        return joined.isEmpty() ? "." : joined;
    }
}
