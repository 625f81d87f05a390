package io.firesteel.engine.metric;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A parameter of a metric, as users write it in job files and on command lines.
 *
 * @param name in camel case
 * @param type what its values are
 * @param standard the value without which it isn't written; null if there is none and the metric does without
 * @param minimum the least that a number may be
 * @param maximum the most that a number may be
 * @param choices all values of a choice; empty for other types
 * @param meaning what it does, in a few words
 */
public record MetricParameter(
        String name, Type type, Object standard, double minimum, double maximum, List<String> choices, String meaning) {
    /** What the values of a parameter are. */
    public enum Type {
        INTEGER,
        NUMBER,
        FLAG,
        CHOICE,
        TEXT
    }

    public MetricParameter {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(meaning, "meaning");
        choices = List.copyOf(choices);
    }

    /** A whole number in a range. */
    public static MetricParameter integer(String name, Integer standard, int minimum, int maximum, String meaning) {
        Long value = standard == null ? null : Long.valueOf(standard);
        return new MetricParameter(name, Type.INTEGER, value, minimum, maximum, List.of(), meaning);
    }

    /** A number in a range, its ends included. */
    public static MetricParameter number(String name, Double standard, double minimum, double maximum, String meaning) {
        return new MetricParameter(name, Type.NUMBER, standard, minimum, maximum, List.of(), meaning);
    }

    /** True or false. */
    public static MetricParameter flag(String name, boolean standard, String meaning) {
        return new MetricParameter(name, Type.FLAG, standard, 0, 0, List.of(), meaning);
    }

    /** One of several words, the first being the standard. */
    public static MetricParameter choice(String name, List<String> choices, String meaning) {
        return new MetricParameter(name, Type.CHOICE, choices.get(0), 0, 0, choices, meaning);
    }

    /** Any text. */
    public static MetricParameter text(String name, String standard, String meaning) {
        return new MetricParameter(name, Type.TEXT, standard, 0, 0, List.of(), meaning);
    }

    /**
     * The value that a user has given: a number, a boolean, or any of them as text.
     *
     * @throws IllegalArgumentException if it isn't one of this parameter's
     */
    Object checked(Object given) {
        String text = String.valueOf(given).strip();
        return switch (type) {
            case INTEGER -> (long) inRange(whole(number(text, given), given), given);
            case NUMBER -> inRange(number(text, given), given);
            case FLAG -> flag(text, given);
            case CHOICE -> choice(text, given);
            case TEXT -> text;
        };
    }

    private double number(String text, Object given) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw invalid(given, expected());
        }
    }

    private double whole(double value, Object given) {
        if (value != Math.rint(value)) {
            throw invalid(given, expected());
        }
        return value;
    }

    private double inRange(double value, Object given) {
        if (!(value >= minimum && value <= maximum)) {
            throw invalid(given, expected());
        }
        return value;
    }

    private Object flag(String text, Object given) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(given, expected());
        };
    }

    private Object choice(String text, Object given) {
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> invalid(given, expected()));
    }

    /** What its values are, for messages and documentation. */
    public String expected() {
        return switch (type) {
            case INTEGER -> "a whole number in [" + plain(minimum) + ", " + plain(maximum) + "]";
            case NUMBER -> "a number in [" + plain(minimum) + ", " + plain(maximum) + "]";
            case FLAG -> "true or false";
            case CHOICE -> "one of " + choices;
            case TEXT -> "a text";
        };
    }

    /** A number as users write it: whole ones without a point. */
    public static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private IllegalArgumentException invalid(Object given, String expected) {
        return new IllegalArgumentException("Invalid " + name + ": " + given + " (must be " + expected + ")");
    }
}
