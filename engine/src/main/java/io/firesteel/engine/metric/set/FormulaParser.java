package io.firesteel.engine.metric.set;

import io.firesteel.engine.metric.MetricValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a formula by recursive descent, one method for each rule:
 *
 * <pre>
 * sum      = product { ("+" | "-") product }
 * product  = signed { ("*" | "/" | "//" | "%") signed }
 * signed   = ("-" | "+") signed | power
 * power    = part [ ("^" | "**") signed ]
 * part     = primary { "[" digits "]" | "." name }
 * primary  = number | "(" sum ")" | name | name "(" sum { "," sum } ")" | name "(" [ parameter "=" … ] ")"
 * </pre>
 *
 * <p>A name with arguments is a function, a name with parameters is a metric: {@code max(precision, recall)}, {@code max(column=1)}.
 */
final class FormulaParser {
    private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern INDEX = Pattern.compile("\\d{1,9}");
    private static final Pattern PARAMETERS = Pattern.compile("\\(\\s*(\\)|\\w+\\s*=)");
    private static final int DEEPEST = 200;

    /** Says what a name stands for. */
    @FunctionalInterface
    interface Names {
        /**
         * The value behind a name.
         *
         * @param parameters in parentheses; may be empty
         * @param used gets the metrics of it
         * @throws IllegalArgumentException if it is unknown
         */
        Expression resolve(String name, String parameters, List<Operand> used);
    }

    private final String text;
    private final Names names;
    private final List<Operand> used;
    private int position;
    private int depth;

    FormulaParser(String text, Names names, List<Operand> used) {
        this.text = text;
        this.names = names;
        this.used = used;
    }

    Expression parse() {
        Expression formula = sum();
        if (position < text.length()) {
            throw expected("an operator or the end");
        }
        return formula;
    }

    private Expression sum() {
        if (++depth > DEEPEST) {
            throw expected("at most " + DEEPEST + " parentheses in each other");
        }
        Expression left = product();
        while (true) {
            if (take("+")) {
                left = both(left, product(), Double::sum);
            } else if (take("-")) {
                left = both(left, product(), (a, b) -> a - b);
            } else {
                depth--;
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = signed();
        while (true) {
            if (take("//")) {
                left = both(left, signed(), (a, b) -> Math.floor(a / b));
            } else if (take("/")) {
                left = both(left, signed(), (a, b) -> a / b);
            } else if (take("%")) {
                left = both(left, signed(), FormulaParser::modulo);
            } else if (take("*")) {
                left = both(left, signed(), (a, b) -> a * b);
            } else {
                return left;
            }
        }
    }

    /** What is left by division rounded down: of the divisor's sign. */
    private static double modulo(double a, double b) {
        double rest = a % b;
        return rest != 0 && rest < 0 != b < 0 ? rest + b : rest;
    }

    private Expression signed() {
        boolean negative = false;
        while (true) {
            if (take("-")) {
                negative = !negative;
            } else if (!take("+")) {
                break;
            }
        }
        Expression power = power();
        return negative ? operands -> Arithmetic.map(power.value(operands), value -> -value) : power;
    }

    private Expression power() {
        Expression base = part();
        return take("**") || take("^") ? both(base, signed(), Math::pow) : base;
    }

    private Expression part() {
        Expression whole = primary();
        while (true) {
            Expression before = whole;
            if (take("[")) {
                int index = Integer.parseInt(token(INDEX, "the number of an element, from 0"));
                require("]");
                whole = operands -> Arithmetic.element(before.value(operands), index);
            } else if (take(".")) {
                String field = token(NAME, "the name of a field");
                whole = operands -> Arithmetic.field(before.value(operands), field);
            } else {
                return whole;
            }
        }
    }

    private Expression primary() {
        if (take("(")) {
            Expression inner = sum();
            require(")");
            return inner;
        }
        Optional<String> number = find(NUMBER);
        if (number.isPresent()) {
            MetricValue value = MetricValue.of(Double.parseDouble(number.get()));
            return operands -> value;
        }
        return named(token(NAME, "a number, a metric or '('"));
    }

    private Expression named(String name) {
        boolean opens = peek("(");
        if (opens && !matcher(PARAMETERS).lookingAt()) {
            return function(name);
        }
        return names.resolve(name, opens ? parenthesized() : "", used);
    }

    private Expression function(String name) {
        FormulaFunction function = FormulaFunction.find(name)
                .orElseThrow(() -> expected("a parameter=value of metric " + name + ", or one of the functions "
                        + java.util.Arrays.stream(FormulaFunction.values())
                                .map(FormulaFunction::label)
                                .toList()));
        require("(");
        List<Expression> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (take(","));
        require(")");
        if (!function.takes(arguments.size())) {
            throw expected(function.expected());
        }
        return operands -> function.apply(
                arguments.stream().map(argument -> argument.value(operands)).toList());
    }

    /** Everything up to the parenthesis that closes the next one. */
    private String parenthesized() {
        int start = position;
        int open = 0;
        do {
            if (position == text.length()) {
                throw expected("')'");
            }
            char c = text.charAt(position++);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        } while (open > 0);
        return text.substring(start, position);
    }

    private static Expression both(Expression left, Expression right, DoubleBinaryOperator operator) {
        return operands -> Arithmetic.combine(left.value(operands), right.value(operands), operator);
    }

    private boolean peek(String sign) {
        skipSpaces();
        return text.startsWith(sign, position);
    }

    private boolean take(String sign) {
        // A product's sign is the beginning of a power's.
        boolean is = peek(sign) && !(sign.equals("*") && peek("**"));
        position += is ? sign.length() : 0;
        return is;
    }

    private void require(String sign) {
        if (!take(sign)) {
            throw expected("'" + sign + "'");
        }
    }

    private String token(Pattern pattern, String what) {
        return find(pattern).orElseThrow(() -> expected(what));
    }

    private Optional<String> find(Pattern pattern) {
        skipSpaces();
        Matcher matcher = matcher(pattern);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        position = matcher.end();
        return Optional.of(matcher.group());
    }

    private Matcher matcher(Pattern pattern) {
        return pattern.matcher(text).region(position, text.length());
    }

    private void skipSpaces() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private IllegalArgumentException expected(String what) {
        skipSpaces();
        String found = position < text.length() ? "'" + text.charAt(position) + "'" : "the end";
        return new IllegalArgumentException("Invalid metric: " + text + " (must have " + what + " at character "
                + (position + 1) + ", not " + found + ")");
    }
}
