package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.util.Arrays;
import java.util.List;

/**
 * The left fold of one slice over the contributions of all sources, in the order of the sources and, within one, of its
 * contributions. One of the sources is this rank, whose contributions are here; the others' come in pieces.
 *
 * <p>The slice is cut into chunks, and the chunk of all contributions is folded before the next chunk: for each, source
 * after source. Two operands become a sum in one pass from where they lie to the result. Only where the result may be
 * this rank's own contribution, which is then still to be read, the sum grows in memory of its own until that is added.
 */
final class SliceFold<B extends Buffer> {
    private static final int UNKNOWN = -1;
    /** Fewer elements than this aren't worth a system call, and a wake-up on the other side, of their own. */
    private static final int GRAIN = 4 << 10;

    private final Numbers<B> numbers;
    private final int own;
    private final List<B> contributions;
    private final B result;
    private final Where where;
    /** Contributions of each source, once they are known. */
    private final int[] counts;

    private final B spare;

    /** The next piece to add: contribution {@code index} of source {@code turn}, from element {@code at} of the chunk. */
    private int chunk;

    private int turn;
    private int index;
    private int at;

    /** The sum so far of the chunk, from an index on; null before the first contribution. */
    private B sum;

    private int sumAt;
    /** Where the piece in progress is added up to. */
    private B target;

    private int targetAt;
    /** Whether the piece in progress is added to this rank's only contribution, which comes after it. */
    private boolean joined;

    /**
     * Where a slice lies.
     *
     * @param from its first element in the contributions
     * @param resultFrom its first element in the result
     * @param length its elements
     * @param chunkElements elements that are folded over all contributions before the next ones
     * @param inPlaceUntilEnd whether the contribution, if the result is that very memory, is read until {@link #finish}
     */
    record Where(int from, int resultFrom, int length, int chunkElements, boolean inPlaceUntilEnd) {}

    /**
     * A fold that has not begun.
     *
     * @param sources number of sources
     * @param own which of them this rank is
     * @param contributions this rank's vectors; if it is exactly one, the result may be the same memory
     */
    SliceFold(Numbers<B> numbers, int sources, int own, List<B> contributions, B result, Where where) {
        this.numbers = numbers;
        this.own = own;
        this.contributions = contributions;
        this.result = result;
        this.where = where;
        counts = new int[sources];
        Arrays.fill(counts, UNKNOWN);
        counts[own] = contributions.size();
        boolean spareNeeded = contributions.size() == 1 && (own > 0 || where.inPlaceUntilEnd());
        spare = spareNeeded ? numbers.scratch(Math.min(where.chunkElements(), where.length())) : result;
    }

    /** Says, before the fold begins, how many contributions a source has. */
    void expect(int source, int count) {
        counts[source] = count;
    }

    /** Says how many contributions a source has. */
    void announce(int source, int count) {
        expect(source, count);
        advance();
    }

    /** Adds what is here, until a source's elements, or its count, are needed. */
    void advance() {
        while (chunk < where.length() && counts[turn] != UNKNOWN) {
            if (index == counts[turn]) {
                nextTurn();
            } else if (turn == own) {
                addOwn();
            } else {
                return;
            }
        }
    }

    /** Adds a source's next elements as far as it is their turn; returns how many were taken. */
    int take(int source, B piece, int from, int available) {
        advance();
        int taken = 0;
        while (turn == source && chunk < where.length() && taken < available) {
            int count = Math.min(available - taken, chunkLength() - at);
            add(piece, from + taken, count);
            taken += count;
            at += count;
            if (at == chunkLength()) {
                endPiece();
            }
        }
        return taken;
    }

    /** Whether it is this source's turn, or nobody's any more. */
    boolean awaits(int source) {
        advance();
        return isComplete() || turn == source;
    }

    /** Whether everything is added. */
    boolean isComplete() {
        return chunk >= where.length();
    }

    /** Elements of the slice, from its begin on, that have got their final sum and are worth sending. */
    int ready() {
        advance();
        boolean growing = at > 0 && target == result && !where.inPlaceUntilEnd() && isLast();
        return growing ? chunk + at - at % GRAIN : chunk;
    }

    private boolean isLast() {
        int source = joined ? own : turn;
        return source == counts.length - 1 && (joined || index == counts[turn] - 1);
    }

    /** Completes the result, which until now may have been needed as a contribution. */
    void finish() {
        advance();
        if (where.inPlaceUntilEnd()) {
            moveToResult(0, where.length());
        }
    }

    private int chunkLength() {
        return Math.min(where.chunkElements(), where.length() - chunk);
    }

    private void add(B piece, int from, int count) {
        if (at == 0) {
            joined = sum == null && ownIsNext();
            aim(joined ? own : turn);
        }
        if (joined) {
            B mine = contributions.get(0);
            numbers.combine(piece, from, mine, where.from() + chunk + at, target, targetAt + at, count);
        } else if (sum == null) {
            numbers.copy(piece, from, target, targetAt + at, count);
        } else {
            numbers.combine(sum, sumAt + at, piece, from, target, targetAt + at, count);
        }
    }

    /** Whether nothing but this rank's only contribution comes next, whatever the ranks in between say. */
    private boolean ownIsNext() {
        if (turn > own || contributions.size() != 1 || index < counts[turn] - 1) {
            return false;
        }
        for (int between = turn + 1; between < own; between++) {
            if (counts[between] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Chooses where the sum goes that a source adds to: not over a contribution which is still to be read. */
    private void aim(int source) {
        boolean toSpare = where.inPlaceUntilEnd() || source < own;
        target = toSpare ? spare : result;
        targetAt = target == result ? where.resultFrom() + chunk : 0;
    }

    private void endPiece() {
        sum = target;
        sumAt = targetAt;
        at = 0;
        index++;
        if (joined) {
            joined = false;
            turn = own;
            index = 1;
        }
        advance();
    }

    /** In blocks, so that a sum is still in the nearest cache when the next contribution is added. */
    private void addOwn() {
        int begin = where.from() + chunk;
        index = contributions.size();
        if (sum == null && index == 1) {
            sum = contributions.get(0);
            sumAt = begin;
            return;
        }
        aim(own);
        for (int from = 0; from < chunkLength(); from += Numbers.BLOCK) {
            addOwn(begin, from, Math.min(Numbers.BLOCK, chunkLength() - from));
        }
        sum = target;
        sumAt = targetAt;
    }

    private void addOwn(int begin, int from, int count) {
        B left = sum == null ? contributions.get(0) : sum;
        int leftAt = sum == null ? begin : sumAt;
        for (int i = sum == null ? 1 : 0; i < contributions.size(); i++) {
            numbers.combine(left, leftAt + from, contributions.get(i), begin + from, target, targetAt + from, count);
            left = target;
            leftAt = targetAt;
        }
    }

    private void nextTurn() {
        index = 0;
        turn++;
        if (turn == counts.length) {
            endChunk();
        }
    }

    private void endChunk() {
        int length = chunkLength();
        turn = 0;
        if (!where.inPlaceUntilEnd()) {
            moveToResult(where.resultFrom() + chunk, length);
            sum = null;
        }
        chunk += length;
    }

    /** The sum is elsewhere if the only contribution of all came from this rank, or if the result had to be spared. */
    private void moveToResult(int to, int length) {
        if (sum != null && (sum != result || sumAt != to)) {
            numbers.copy(sum, sumAt, result, to, length);
        }
    }
}
