package io.firesteel.spark.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a source that give access to it: a job that is saved for others to read doesn't hold their values. */
final class SecretOptions {
    static final String REDACTED = "*(redacted)";

    private static final Pattern NAME = Pattern.compile("(?i)secret|passw|token|access[._-]?key|private[._-]?key");
    /** As in JDBC addresses: {@code password=…} up to the next parameter, or {@code user:password@host}. */
    private static final Pattern IN_VALUE = Pattern.compile(
            "(?i)((?:secret|password|token|access[._-]?key)\\w*=)[^;&\\s]*|(://[^/@:\\s]*:)[^/@\\s]+(?=@)");

    /** Scheme and host; what follows is the secret. */
    private static final Pattern HOST = Pattern.compile("(?s)(https?://)(?:[^/@]*@)?([^/?#]*).*");

    private SecretOptions() {}

    /** A source of rows as it stands in a job file, and the one for validation inside, without secrets. */
    static Object redactedSource(Object source) {
        if (!(source instanceof Map<?, ?> keys)) {
            return source;
        }
        Map<Object, Object> shown = new LinkedHashMap<>(keys);
        shown.computeIfPresent("options", (key, options) -> redactedOptions(options));
        shown.computeIfPresent("validation", (key, validation) -> redactedSource(validation));
        return shown;
    }

    private static Object redactedOptions(Object options) {
        Map<Object, Object> shown = new LinkedHashMap<>((Map<?, ?>) options);
        shown.replaceAll((name, value) -> NAME.matcher(name.toString()).find() ? REDACTED : redacted(value.toString()));
        return shown;
    }

    private static String redacted(String value) {
        return IN_VALUE.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        (found.group(1) == null ? found.group(2) : found.group(1)) + REDACTED));
    }

    /** Who knows a webhook's address may use it. */
    static Object redactedHooks(Object hooks) {
        Map<Object, Object> shown = new LinkedHashMap<>((Map<?, ?>) hooks);
        shown.replaceAll((name, hook) -> {
            Map<Object, Object> keys = new LinkedHashMap<>((Map<?, ?>) hook);
            keys.computeIfPresent(
                    "webhook",
                    (key, address) -> HOST.matcher(address.toString()).replaceFirst("$1$2/") + REDACTED);
            return keys;
        });
        return shown;
    }

    /** Refuses what a saved job has in a secret's place. */
    static void checkPresent(Map<String, String> options) {
        options.forEach((name, value) -> {
            if (value.contains(REDACTED)) {
                throw new RuleViolation(
                        "options",
                        name + " is " + value + " (must be given again where a saved job is run, as ${env.NAME})");
            }
        });
    }
}
