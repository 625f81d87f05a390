package io.firesteel.engine.registry;

import java.util.regex.Pattern;

/** What an alias may be called: nothing that could be a version's number. */
final class Alias {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,63}");

    private Alias() {}

    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Invalid alias: " + name
                    + " (must be a letter and up to 63 letters, digits, dots, hyphens or underscores)");
        }
        return name;
    }
}
