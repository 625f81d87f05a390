package io.firesteel.engine.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Reads a CSV file of numbers: one column is the label, the others are the features. */
final class CsvRows {
    private final Path file;
    private final String label;
    private final ElementType labelType;
    private List<String> columns;
    private int labelColumn;
    private float[] features;
    private long line = 1;

    private CsvRows(Path file, String label, ElementType labelType) {
        this.file = file;
        this.label = label;
        this.labelType = labelType;
    }

    static ShardStore read(Path file, String label, ElementType labelType) {
        CsvRows rows = new CsvRows(file, label, labelType);
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            rows.readHeader(reader.readLine());
            return RowWriter.store(rows.layout(), writer -> rows.readRows(reader, writer));
        } catch (NoSuchFileException e) {
            throw new DataException(
                    "Cannot read rows of " + file + ": there is no such file (the working directory is "
                            + Path.of("").toAbsolutePath() + ")",
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw new DataException("Cannot read rows of " + file + ": " + e.getMessage(), e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private RowLayout layout() {
        return Rows.layout(features.length, new TensorSpec(label, labelType, List.of()));
    }

    private void readHeader(String header) {
        if (header == null) {
            throw unreadable("it is empty (expected a line with the names of the columns)");
        }
        columns = fields(header);
        labelColumn = columns.indexOf(label);
        if (labelColumn < 0) {
            throw unreadable("there is no column " + label + " (expected one of " + columns + ")");
        }
        if (columns.size() == 1) {
            throw unreadable("there is no column beside " + label + " (expected at least one feature)");
        }
        features = new float[columns.size() - 1];
    }

    private void readRows(BufferedReader reader, RowWriter writer) {
        reader.lines().forEach(text -> {
            line++;
            if (!text.isBlank()) {
                readRow(fields(text), writer);
            }
        });
    }

    private void readRow(List<String> fields, RowWriter writer) {
        if (fields.size() != columns.size()) {
            throw unreadable("line " + line + " has " + fields.size() + " fields (expected " + columns.size() + ")");
        }
        int feature = 0;
        for (int column = 0; column < fields.size(); column++) {
            if (column != labelColumn) {
                features[feature++] = number(fields, column);
            }
        }
        if (labelType == ElementType.INT64) {
            writer.add(features, whole(fields));
        } else {
            writer.add(features, new float[] {number(fields, labelColumn)});
        }
    }

    private float number(List<String> fields, int column) {
        try {
            float value = Float.parseFloat(fields.get(column));
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw unreadable(fields, column, "a finite number", e);
        }
        throw unreadable(fields, column, "a finite number", null);
    }

    private long whole(List<String> fields) {
        try {
            return Long.parseLong(fields.get(labelColumn));
        } catch (NumberFormatException e) {
            throw unreadable(fields, labelColumn, "a whole number, the class of the row", e);
        }
    }

    private static List<String> fields(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private DataException unreadable(List<String> fields, int column, String expected, Throwable cause) {
        return new DataException(
                "Cannot read rows of " + file + ": " + columns.get(column) + " in line " + line + " is '"
                        + fields.get(column) + "' (expected " + expected + ")",
                cause);
    }

    private DataException unreadable(String why) {
        return new DataException("Cannot read rows of " + file + ": " + why);
    }
}
