package io.firesteel.spark.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows of text whose columns stand below each other. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** @param header the first row; none for a table without one */
    Table(String... header) {
        if (header.length > 0) {
            add(header);
        }
    }

    void add(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
