package io.firesteel.engine.optim;

import java.util.ArrayList;
import java.util.List;

/** A slice of the flat memory, cut at the bounds of blocks, and of groups or parameters. */
final class Partition {
    private final List<ParameterSegment> segments;
    private final GroupAssignment groups;
    private final int from;
    private final int to;
    private final int[] firstEntry;

    /** @throws IllegalArgumentException if segments overlap or the slice doesn't end between blocks */
    Partition(List<ParameterSegment> segments, GroupAssignment groups, int from, int to) {
        this.segments = List.copyOf(segments);
        this.groups = groups;
        this.from = from;
        this.to = to;
        checkSegments();
        checkSlice();
        firstEntry = firstEntries();
    }

    /** Elements of the slice. */
    int size() {
        return to - from;
    }

    /** Index of the slice's first block in the flat memory. */
    int firstBlock() {
        return from / Block.FLOATS;
    }

    int segmentCount() {
        return segments.size();
    }

    /** Index of the group that a parameter belongs to. */
    int group(int segment) {
        return groups.of(segment);
    }

    /** Sums that the norms of all parameters are made of: one per parameter and block that it has a part in. */
    int entryCount() {
        return firstEntry[segments.size()];
    }

    /** A parameter's first entry; that of the next parameter ends it. */
    int firstEntry(int segment) {
        return firstEntry[segment];
    }

    /** Pieces of one parameter each, without gaps. */
    List<Piece> segmentPieces() {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            ParameterSegment segment = segments.get(i);
            cut(pieces, Math.max(from, segment.offset()), Math.min(to, segment.end()), i);
        }
        return pieces;
    }

    /** Pieces of one group each, as large as can be: gaps belong to the parameter before them. */
    List<Piece> groupPieces() {
        List<Piece> pieces = new ArrayList<>();
        int start = from;
        for (int i = 0; i < segments.size(); i++) {
            boolean last = i == segments.size() - 1;
            if (last || groups.of(i) != groups.of(i + 1)) {
                int end = last ? to : Math.min(to, segments.get(i + 1).offset());
                cut(pieces, start, end, i);
                start = Math.max(start, end);
            }
        }
        return pieces;
    }

    private void cut(List<Piece> pieces, int start, int end, int segment) {
        int first = segments.get(segment).offset() / Block.FLOATS;
        for (int position = start; position < end; ) {
            int block = position / Block.FLOATS;
            int blockStart = block * Block.FLOATS;
            int pieceEnd = (int) Math.min(end, (long) blockStart + Block.FLOATS);
            int entry = firstEntry[segment] + block - first;
            pieces.add(new Piece(
                    block - firstBlock(),
                    position - blockStart,
                    pieceEnd - blockStart,
                    groups.of(segment),
                    segment,
                    entry));
            position = pieceEnd;
        }
    }

    private int[] firstEntries() {
        int[] first = new int[segments.size() + 1];
        for (int i = 0; i < segments.size(); i++) {
            ParameterSegment segment = segments.get(i);
            int blocks = segment.length() == 0
                    ? 0
                    : (segment.end() - 1) / Block.FLOATS - segment.offset() / Block.FLOATS + 1;
            first[i + 1] = Math.addExact(first[i], blocks);
        }
        return first;
    }

    private void checkSegments() {
        for (int i = 1; i < segments.size(); i++) {
            if (segments.get(i).offset() < segments.get(i - 1).end()) {
                throw new IllegalArgumentException("Cannot lay out parameters: " + segments.get(i)
                        + " begins before the end of " + segments.get(i - 1));
            }
        }
    }

    private void checkSlice() {
        int end = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).end();
        boolean atBlocks = from == to || (from % Block.FLOATS == 0 && (to % Block.FLOATS == 0 || to >= end));
        if (from < 0 || to < from || !atBlocks) {
            throw new IllegalArgumentException("Cannot own a slice of the parameters: it reaches from " + from + " to "
                    + to + " (expected multiples of " + Block.FLOATS + ", or an end from " + end + " on)");
        }
    }
}
