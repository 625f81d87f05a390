package io.firesteel.engine.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where each parameter of a network stands in the replica's flat memory: first the trainable ones in the order of
 * declaration, then the buffers (BatchNorm's running statistics). Every parameter begins at a multiple of 16 floats, so
 * that its memory is aligned to 64 bytes; the gaps stay 0.
 */
public final class ParameterLayout {
    /**
     * One parameter.
     *
     * @param name the path in the network as PyTorch's {@code state_dict} spells it, for example {@code 1.weight}
     * @param shape sizes in PyTorch's layout
     * @param trainable false for a buffer: the optimizer leaves it alone
     * @param offset first float in the flat memory
     * @param length floats
     */
    public record Entry(String name, List<Long> shape, boolean trainable, int offset, int length) {
        public Entry {
            shape = List.copyOf(shape);
        }
    }

    private static final int ALIGNMENT = 16;

    private final List<Entry> entries;
    private final int trainableFloats;
    private final int floats;

    private ParameterLayout(List<Entry> trainable, List<Entry> buffers) {
        this.entries = Stream.concat(trainable.stream(), buffers.stream()).toList();
        this.trainableFloats = end(trainable, 0);
        this.floats = end(buffers, trainableFloats);
    }

    /** Lays out the parameters in the order given, trainable ones before buffers. */
    static ParameterLayout of(List<NamedParameter> parameters) {
        List<Entry> trainable = layOut(parameters, true, 0);
        return new ParameterLayout(trainable, layOut(parameters, false, end(trainable, 0)));
    }

    /** The parameters in the order of the flat memory. */
    public List<Entry> entries() {
        return entries;
    }

    /** Names of the trainable parameters, in the order of the flat memory. */
    public List<String> trainableNames() {
        return entries.stream().filter(Entry::trainable).map(Entry::name).toList();
    }

    /** Floats of the flat memory up to the end of the last trainable parameter, gaps included. */
    public int trainableFloats() {
        return trainableFloats;
    }

    /** Floats of the flat memory, gaps included. */
    public int floats() {
        return floats;
    }

    /** How many values the optimizer learns: the sum of the trainable shapes' products. */
    public long parameterCount() {
        return entries.stream()
                .filter(Entry::trainable)
                .mapToLong(Entry::length)
                .sum();
    }

    /** The entries by name. */
    public Map<String, Entry> byName() {
        Map<String, Entry> byName = new LinkedHashMap<>();
        entries.forEach(entry -> byName.put(entry.name(), entry));
        return byName;
    }

    private static List<Entry> layOut(List<NamedParameter> parameters, boolean trainable, int start) {
        List<Entry> entries = new ArrayList<>();
        int offset = start;
        for (NamedParameter parameter : parameters) {
            if (parameter.trainable() == trainable) {
                entries.add(new Entry(parameter.name(), parameter.shape(), trainable, offset, parameter.length()));
                offset = end(entries, start);
            }
        }
        return entries;
    }

    private static int end(List<Entry> entries, int start) {
        if (entries.isEmpty()) {
            return start;
        }
        Entry last = entries.get(entries.size() - 1);
        return Math.addExact(last.offset(), roundUp(last.length()));
    }

    private static int roundUp(int length) {
        return Math.multiplyExact(Math.addExact(length, ALIGNMENT - 1) / ALIGNMENT, ALIGNMENT);
    }
}
