package io.firesteel.engine.metric;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of one metric, checked; those that weren't given are at their defaults. */
public final class MetricParameters {
    private final MetricKind kind;
    private final Map<String, Object> values = new LinkedHashMap<>();

    /**
     * Checks what a user has given.
     *
     * @throws IllegalArgumentException if a name is unknown or a value isn't allowed
     */
    MetricParameters(MetricKind kind, Map<String, ?> given) {
        this.kind = kind;
        given.keySet().forEach(this::checkKnown);
        for (MetricParameter parameter : kind.parameters()) {
            Object value = given.get(parameter.name());
            values.put(parameter.name(), value == null ? parameter.standard() : checked(parameter, value));
        }
    }

    private Object checked(MetricParameter parameter, Object value) {
        try {
            return parameter.checked(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Cannot set metric " + kind.name() + ": " + e.getMessage(), e);
        }
    }

    private void checkKnown(String name) {
        if (kind.parameters().stream().noneMatch(parameter -> parameter.name().equals(name))) {
            throw new IllegalArgumentException("Cannot set metric " + kind.name() + ": unknown parameter (" + name
                    + ", expected one of "
                    + kind.parameters().stream().map(MetricParameter::name).toList() + ")");
        }
    }

    /** The metric's name with the parameters that aren't at their defaults: {@code precision(average=micro)}. */
    public String metricName() {
        String parameters = kind.parameters().stream()
                .filter(parameter -> values.get(parameter.name()) != null
                        && !values.get(parameter.name()).equals(parameter.standard()))
                .map(parameter -> parameter.name() + "=" + text(values.get(parameter.name())))
                .collect(Collectors.joining(","));
        return parameters.isEmpty() ? kind.name() : kind.name() + "(" + parameters + ")";
    }

    private static String text(Object value) {
        return value instanceof Double number ? MetricParameter.plain(number) : value.toString();
    }

    /** Whether it was given or has a default. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    /** A whole number. */
    public int integer(String name) {
        return Math.toIntExact((Long) values.get(name));
    }

    /** A number. */
    public double number(String name) {
        return (Double) values.get(name);
    }

    public boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    /** A choice or a text. */
    public String text(String name) {
        return (String) values.get(name);
    }
}
