package io.firesteel.engine.metric.catalogue;

import io.firesteel.engine.metric.Metric;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric as text: a name, and parameters in parentheses.
 *
 * @param name of a kind, as the user wrote it
 * @param parameters as text, by name
 */
record MetricText(String name, Map<String, String> parameters) {
    private static final Pattern FORM = Pattern.compile("\\s*([\\w-]+)\\s*(?:\\((.*)\\))?\\s*");

    static MetricText parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text);
        }
        return new MetricText(matcher.group(1), parameters(text, matcher.group(2)));
    }

    private static Map<String, String> parameters(String text, String inside) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (inside == null || inside.isBlank()) {
            return parameters;
        }
        for (String part : inside.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            if (key.isEmpty() || parameters.put(key, part.substring(equals + 1).strip()) != null) {
                throw invalid(text);
            }
        }
        return parameters;
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("Invalid metric: " + text
                + " (must be a name, or name(parameter=value, ...) with each parameter once)");
    }

    Metric<?> create() {
        return Metrics.of(name, parameters);
    }
}
