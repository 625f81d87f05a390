package io.firesteel.engine.optim;

import java.util.Arrays;

/**
 * The slots of up to {@link #FLOATS} neighbouring elements, each an array. Blocks begin at multiples of their size in the
 * flat memory, whichever slice of it an optimizer owns, so that sums over them don't depend on the slices.
 */
final class Block {
    /** Elements per block: 16 KiB of weights, of gradients and of each slot stay in the processor's caches. */
    static final int FLOATS = 4096;

    /**
     * Floats behind each slot. Without them two slots of a block would begin at nearly the same place of a memory page, and
     * processors take a load for one that needs a store before it if the last 12 bits of their addresses agree.
     */
    private static final int GAP = 256;

    private final int start;
    private final int size;
    private final float[][] slots;

    /**
     * @param start the block's first element, counted from the beginning of the slice
     * @param size elements
     * @param slots how many
     * @param value what they hold
     */
    Block(int start, int size, int slots, float value) {
        this.start = start;
        this.size = size;
        this.slots = new float[slots][size + GAP];
        for (float[] slot : this.slots) {
            Arrays.fill(slot, value);
        }
    }

    int start() {
        return start;
    }

    int size() {
        return size;
    }

    float[] slot(int index) {
        return slots[index];
    }

    float[][] slots() {
        return slots;
    }

    /**
     * Sets values too small for a normal float to 0. Averages that decay end in such values, and never leave them by
     * themselves; some processors take a hundred times as long over each.
     */
    void flushSubnormals() {
        for (float[] slot : slots) {
            for (int i = 0; i < size; i++) {
                if (Math.abs(slot[i]) < Float.MIN_NORMAL && slot[i] != 0) {
                    slot[i] = 0;
                }
            }
        }
    }
}
