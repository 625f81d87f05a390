package io.firesteel.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        TextTable table =
                new TextTable(1, "size", "ms", "n").add("1KB", "10.25", "7").add("100KB", "3", "12345");
        assertThat(table.text()).isEqualTo("""
                size      ms      n
                1KB    10.25      7
                100KB      3  12345
                """);
    }

    @Test
    void tableWithoutRowsIsItsHeader() {
        assertThat(new TextTable(2, "a", "b").text()).isEqualTo("a  b\n");
    }
}
