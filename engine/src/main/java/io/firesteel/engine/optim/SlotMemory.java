package io.firesteel.engine.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All slots of an optimizer, in blocks. */
final class SlotMemory {
    /** A block is cleared of subnormal values once in as many steps; which step it is, depends on its place in the whole. */
    static final int FLUSH_INTERVAL = 64;

    private final List<String> names;
    private final int size;
    private final int firstBlock;
    private final Block[] blocks;

    SlotMemory(UpdateRule rule, Partition partition) {
        names = rule.slots();
        size = partition.size();
        firstBlock = partition.firstBlock();
        blocks = new Block[(int) (((long) size + Block.FLOATS - 1) / Block.FLOATS)];
        for (int i = 0; i < blocks.length; i++) {
            int start = i * Block.FLOATS;
            blocks[i] = new Block(start, Math.min(Block.FLOATS, size - start), names.size(), rule.start());
        }
    }

    Block block(int index) {
        return blocks[index];
    }

    /** Sets values too small for a normal float to 0 in those blocks whose turn it is. */
    void flushSubnormals(long step) {
        int first = Math.floorMod(step - firstBlock, FLUSH_INTERVAL);
        for (int i = first; i < blocks.length; i += FLUSH_INTERVAL) {
            blocks[i].flushSubnormals();
        }
    }

    /** Copies, by name. */
    Map<String, float[]> copies() {
        Map<String, float[]> copies = new LinkedHashMap<>();
        for (int slot = 0; slot < names.size(); slot++) {
            float[] values = new float[size];
            for (Block block : blocks) {
                System.arraycopy(block.slot(slot), 0, values, block.start(), block.size());
            }
            copies.put(names.get(slot), values);
        }
        return copies;
    }

    /** @throws IllegalArgumentException if slots have other names or sizes; nothing has changed */
    void set(Map<String, float[]> values) {
        if (!values.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("Cannot restore optimizer: state has other slots (" + values.keySet()
                    + ", expected " + names + "); use the optimizer that the state was saved by");
        }
        values.forEach(this::checkLength);
        for (int slot = 0; slot < names.size(); slot++) {
            for (Block block : blocks) {
                System.arraycopy(values.get(names.get(slot)), block.start(), block.slot(slot), 0, block.size());
            }
        }
    }

    private void checkLength(String name, float[] values) {
        if (values.length != size) {
            throw new IllegalArgumentException("Cannot restore optimizer: slot " + name + " has another size ("
                    + values.length + ", expected " + size + "); use the model that the state was saved with");
        }
    }
}
