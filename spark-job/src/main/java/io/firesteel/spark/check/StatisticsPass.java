package io.firesteel.spark.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * One pass over rows: each partition fills a state for each column, executors merge these as a tree. Memory of a task: about
 * 40 bytes for each of up to 2^20 bins over all columns, and the texts of {@link TextState}.
 *
 * @param readers of the columns, in their order
 */
record StatisticsPass(List<ColumnReader> readers) implements Serializable {
    private static final int ALL_BINS = 1 << 20;
    private static final int MOST_BINS = 4096;
    private static final int LEAST_BINS = 256;

    StatisticsPass {
        readers = List.copyOf(readers);
    }

    /** The states of all rows; states of none where there are no rows. */
    Counted over(Dataset<Row> selected) {
        JavaRDD<InternalRow> rows = ((org.apache.spark.sql.classic.Dataset<Row>) selected)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        if (rows.getNumPartitions() == 0) {
            return start();
        }
        return read(rows.mapPartitions(this::count).treeReduce(this::merge));
    }

    private Iterator<byte[]> count(Iterator<InternalRow> rows) {
        Counted counted = start();
        while (rows.hasNext()) {
            counted.add(rows.next());
        }
        return List.of(counted.toBytes()).iterator();
    }

    private byte[] merge(byte[] left, byte[] right) {
        Counted both = read(left);
        both.add(read(right));
        return both.toBytes();
    }

    /** Narrow bins, but not for a thousand columns. */
    private int bins() {
        return Math.max(LEAST_BINS, Math.min(MOST_BINS, ALL_BINS / Math.max(1, readers.size())));
    }

    private Counted start() {
        List<ColumnState> states = new ArrayList<>();
        readers.forEach(reader -> states.add(reader.start(bins())));
        return new Counted(0, states);
    }

    private Counted read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long rows = in.readLong();
            List<ColumnState> states = new ArrayList<>();
            for (ColumnReader reader : readers) {
                states.add(reader.read(bins(), in));
            }
            return new Counted(rows, states);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the statistics of a partition", e);
        }
    }

    /** Rows and the states of their columns. */
    static final class Counted {
        private final List<ColumnState> states;
        private long rows;

        private Counted(long rows, List<ColumnState> states) {
            this.rows = rows;
            this.states = states;
        }

        long rows() {
            return rows;
        }

        ColumnState state(int column) {
            return states.get(column);
        }

        private void add(InternalRow row) {
            rows++;
            for (int i = 0; i < states.size(); i++) {
                states.get(i).add(row, i);
            }
        }

        private void add(Counted other) {
            rows += other.rows;
            for (int i = 0; i < states.size(); i++) {
                states.get(i).add(other.states.get(i));
            }
        }

        private byte[] toBytes() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                out.writeLong(rows);
                for (ColumnState state : states) {
                    state.write(out);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write the statistics of a partition", e);
            }
            return bytes.toByteArray();
        }
    }
}
