package io.firesteel.spark.check;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;

/** Texts of a column, each counted, as long as there aren't too many different ones. */
final class TextState implements ColumnState {
    static final int MOST_TEXTS = 4096;

    private final Map<String, Long> counts = new HashMap<>();
    private boolean tooMany;
    private long nulls;
    private long values;

    @Override
    public void add(InternalRow row, int at) {
        if (row.isNullAt(at)) {
            nulls++;
            return;
        }
        values++;
        if (!tooMany) {
            count(row.getUTF8String(at).toString(), 1);
        }
    }

    @Override
    public void add(ColumnState other) {
        TextState texts = (TextState) other;
        nulls += texts.nulls;
        values += texts.values;
        tooMany |= texts.tooMany;
        if (tooMany) {
            counts.clear();
        }
        texts.counts.forEach(this::count);
    }

    private void count(String text, long times) {
        counts.merge(text, times, Long::sum);
        tooMany |= counts.size() > MOST_TEXTS;
        if (tooMany) {
            counts.clear();
        }
    }

    /** Whether they have to be counted in another way. */
    boolean hasTooMany() {
        return tooMany;
    }

    long nulls() {
        return nulls;
    }

    long values() {
        return values;
    }

    CategorySummary summary() {
        return CategorySummary.of(counts);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(nulls);
        out.writeLong(values);
        out.writeBoolean(tooMany);
        out.writeInt(counts.size());
        for (Map.Entry<String, Long> entry : counts.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    static TextState read(DataInput in) throws IOException {
        TextState state = new TextState();
        state.nulls = in.readLong();
        state.values = in.readLong();
        state.tooMany = in.readBoolean();
        int texts = in.readInt();
        for (int i = 0; i < texts; i++) {
            String text = in.readUTF();
            state.counts.put(text, in.readLong());
        }
        return state;
    }
}
