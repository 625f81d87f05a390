package io.firesteel.spark.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What SciPy and scikit-learn say: {@code facts/comparison.json}. */
final class ComparisonFacts {
    private ComparisonFacts() {}

    static JsonNode read(String what) {
        try (InputStream file = ComparisonFacts.class.getResourceAsStream("/facts/comparison.json")) {
            return new ObjectMapper().readTree(file).get(what);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] numbers(JsonNode list) {
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i).asDouble();
        }
        return numbers;
    }
}
