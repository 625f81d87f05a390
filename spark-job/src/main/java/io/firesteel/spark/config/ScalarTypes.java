package io.firesteel.spark.config;

import io.firesteel.spark.config.YamlValue.Kind;
import io.firesteel.spark.config.YamlValue.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types of single values. A number may also come out of a substitution; a number where text is due needs quotes. */
final class ScalarTypes {
    private ScalarTypes() {}

    /** An int of at least {@code least}. */
    static ValueType<Integer> wholeNumber(int least) {
        Function<Scalar, Optional<Integer>> parse = scalar -> integer(scalar)
                .filter(value -> value.bitLength() < Integer.SIZE)
                .map(BigInteger::intValue);
        Function<Scalar, String> hint = scalar ->
                integer(scalar).isPresent() ? limit(BigInteger.valueOf(Integer.MAX_VALUE), scalar) : numberHint(scalar);
        return type("a whole number >= " + least, parse, value -> value >= least, hint, value -> value);
    }

    /** A long of at least {@code least}. */
    static ValueType<Long> wholeLong(long least) {
        Function<Scalar, Optional<Long>> parse = scalar ->
                integer(scalar).filter(value -> value.bitLength() < Long.SIZE).map(BigInteger::longValue);
        return type(
                "a whole number >= " + least, parse, value -> value >= least, ScalarTypes::numberHint, value -> value);
    }

    /** Any long. */
    static ValueType<Long> anyWholeNumber() {
        Function<Scalar, Optional<Long>> parse = scalar ->
                integer(scalar).filter(value -> value.bitLength() < Long.SIZE).map(BigInteger::longValue);
        return type("a whole number of 64 bits", parse, value -> true, ScalarTypes::numberHint, value -> value);
    }

    /** A finite number within {@code range}, which {@code words} describe, such as {@code "> 0"}; may be empty. */
    static ValueType<Double> number(String words, DoublePredicate range) {
        Predicate<Double> valid = value -> Double.isFinite(value) && range.test(value);
        return type(
                (words.contains("<") ? "a number " + words : "a finite number " + words).strip(),
                ScalarTypes::decimal,
                valid,
                ScalarTypes::numberHint,
                value -> value);
    }

    /** Seconds, to the nanosecond, over 0 and at most a day. */
    static ValueType<Duration> seconds() {
        return seconds(Duration.ofDays(1));
    }

    /** Seconds, to the nanosecond, over 0 and at most so many. */
    static ValueType<Duration> seconds(Duration most) {
        Function<Scalar, Optional<Duration>> parse =
                scalar -> decimal(scalar).filter(Double::isFinite).map(ScalarTypes::duration);
        Predicate<Duration> valid = value -> !value.isNegative() && !value.isZero() && value.compareTo(most) <= 0;
        return type(
                "a number of seconds > 0 and <= " + most.toSeconds(),
                parse,
                valid,
                ScalarTypes::numberHint,
                value -> value.getNano() == 0 ? (Object) value.getSeconds() : (Object) (value.toNanos() / 1e9));
    }

    static ValueType<Boolean> bool() {
        Function<Scalar, Optional<Boolean>> parse = scalar ->
                kind(scalar) == Kind.BOOLEAN ? Optional.of(Boolean.parseBoolean(scalar.text())) : Optional.empty();
        return type("true or false", parse, value -> true, scalar -> "", value -> value);
    }

    /** A string that isn't empty. */
    static ValueType<String> text() {
        return text("a string that isn't empty", value -> !value.isEmpty());
    }

    static ValueType<String> text(Pattern pattern, String expected) {
        return text(expected, value -> pattern.matcher(value).matches());
    }

    private static ValueType<String> text(String expected, Predicate<String> valid) {
        Function<Scalar, Optional<String>> parse =
                scalar -> isText(scalar) ? Optional.of(scalar.text()) : Optional.empty();
        Function<Scalar, String> hint = scalar -> isText(scalar) ? "" : "put it in quotes";
        return type(expected, parse, valid, hint, Substitutions::escape);
    }

    /** What Spark takes as an option's value: text, or a number or boolean as it was written. */
    static ValueType<String> optionText() {
        Function<Scalar, Optional<String>> parse =
                scalar -> scalar.kind() == Kind.NULL ? Optional.empty() : Optional.of(scalar.text());
        return type("a string, a number, true or false", parse, value -> true, scalar -> "", Substitutions::escape);
    }

    /** One of the values that {@code label} names. */
    static <E> ValueType<E> oneOf(List<E> values, Function<E, String> label) {
        Map<String, E> byLabel = values.stream().collect(Collectors.toMap(label, Function.identity()));
        List<String> labels = values.stream().map(label).toList();
        Function<Scalar, String> hint = scalar -> Suggestion.nearest(scalar.text(), labels)
                .map(near -> "did you mean '" + near + "'?")
                .orElse("");
        return type(
                "one of: " + String.join(", ", labels),
                scalar -> Optional.ofNullable(byLabel.get(scalar.text())),
                value -> true,
                hint,
                label::apply);
    }

    private static <T> ValueType<T> type(
            String expected,
            Function<Scalar, Optional<T>> parse,
            Predicate<T> valid,
            Function<Scalar, String> hint,
            Function<T, Object> writer) {
        ValueType.Reader<T> reader = (value, key, reading) -> {
            if (!(value instanceof Scalar written)) {
                reading.invalid(value, key, expected);
                return Optional.empty();
            }
            return reading.substitute(written, key).flatMap(scalar -> {
                Optional<T> parsed = parse.apply(scalar).filter(valid);
                if (parsed.isEmpty()) {
                    String wayOut = hint.apply(scalar);
                    reading.invalid(scalar, key, wayOut.isEmpty() ? expected : expected + "; " + wayOut);
                }
                return parsed;
            });
        };
        return new ValueType<>(expected, valid, reader, writer, List.of());
    }

    private static boolean isText(Scalar scalar) {
        return scalar.kind() == Kind.STRING || scalar.isSubstituted();
    }

    private static Kind kind(Scalar scalar) {
        return scalar.isSubstituted() ? YamlText.kindOf(scalar.text()) : scalar.kind();
    }

    private static Optional<BigInteger> integer(Scalar scalar) {
        return kind(scalar) == Kind.INTEGER ? Optional.of(integer(scalar.text())) : Optional.empty();
    }

    /** The core schema's integers: decimal with a sign, 0x and 0o. */
    static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static Optional<Double> decimal(Scalar scalar) {
        if (kind(scalar) == Kind.FLOAT) {
            return Optional.of(decimal(scalar.text()));
        }
        return integer(scalar).map(BigInteger::doubleValue);
    }

    static double decimal(String text) {
        if (text.matches("[-+]?\\.(inf|Inf|INF)")) {
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return text.matches("\\.(nan|NaN|NAN)") ? Double.NaN : Double.parseDouble(text);
    }

    private static Duration duration(double seconds) {
        BigDecimal nanos = BigDecimal.valueOf(seconds).movePointRight(9).setScale(0, RoundingMode.HALF_UP);
        boolean fits = nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? Duration.ofNanos(nanos.longValueExact()) : Duration.ofDays(Short.MAX_VALUE);
    }

    private static String limit(BigInteger most, Scalar scalar) {
        return integer(scalar).filter(value -> value.compareTo(most) > 0).isPresent() ? "at most " + most : "";
    }

    private static String numberHint(Scalar scalar) {
        Kind unquoted = YamlText.kindOf(scalar.text());
        boolean isQuotedNumber = scalar.kind() == Kind.STRING && !scalar.isSubstituted();
        return isQuotedNumber && (unquoted == Kind.INTEGER || unquoted == Kind.FLOAT) ? "take off the quotes" : "";
    }
}
