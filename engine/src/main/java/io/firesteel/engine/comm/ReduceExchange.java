package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Everyone sends each rank its slice of all contributions, each rank folds its slice in the order of the contributions,
 * and, unless only the slice is asked for, sends the sums back to everyone as soon as it has them.
 *
 * <p>A frame holds a peer's slice of this rank's contributions, chunk after chunk, and of a chunk one contribution after
 * the other; behind them, where sums are returned, this rank's own slice of the sum. Bytes that come before their turn
 * wait in the peer's buffer, and once that is full, with the sender. The peer whose turn it is can always send, because
 * contributions wait for nothing, so this never locks up.
 */
final class ReduceExchange<B extends Buffer> implements Exchange {
    private final Plan plan;
    private final Numbers<B> numbers;
    private final Roster roster;
    private final List<B> contributions;
    private final B result;
    private final SliceFold<B> fold;
    /** Contributions of each rank, once its header is here. */
    private final int[] counts;

    /**
     * What all ranks agree on.
     *
     * @param operation the operation and its number
     * @param slices who sums what
     * @param returnsSums whether everyone gets all sums, where not everyone has summed all
     * @param label stands in the header instead of the number of contributions, which is then 1; 0 for none
     * @param chunkElements unit of the fold and of the order on the wire
     */
    record Plan(OperationNumber operation, Slices slices, boolean returnsSums, int label, int chunkElements) {
        int unit() {
            return slices.whole() ? Math.max(1, slices.elements()) : chunkElements;
        }
    }

    /** The result holds this rank's slice alone unless everyone gets all sums. */
    ReduceExchange(Plan plan, Roster roster, Numbers<B> numbers, SumArguments<B> arguments) {
        this.plan = plan;
        this.numbers = numbers;
        this.roster = roster;
        contributions = arguments.contributions();
        result = arguments.result();
        counts = new int[roster.size()];
        Slices slices = plan.slices();
        int own = roster.position();
        boolean allHere = slices.whole() || plan.returnsSums();
        SliceFold.Where where = new SliceFold.Where(
                slices.from(own),
                allHere ? slices.from(own) : 0,
                slices.length(own),
                plan.unit(),
                slices.whole() && contributions.size() == 1 && roster.size() > 1);
        fold = new SliceFold<>(numbers, roster.size(), own, contributions, result, where);
    }

    /** Contributions of all ranks, once the exchange is done. */
    long totalContributions() {
        return fold.totalContributions();
    }

    @Override
    public Frame frameTo(int peer) {
        int count = contributions.size();
        long length = contributionBytes(count, peer) + sumBytes(roster.position());
        return plan.operation().frame(length, plan.slices().elements(), plan.label() == 0 ? count : plan.label());
    }

    private long contributionBytes(int count, int owner) {
        return (long) count * plan.slices().length(owner) * numbers.bytes();
    }

    private long sumBytes(int owner) {
        return plan.returnsSums() ? (long) plan.slices().length(owner) * numbers.bytes() : 0;
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        long before = contributionBytes(contributions.size(), peer);
        long next = offset;
        while (next < before && target.remaining() >= numbers.bytes()) {
            next += (long) fillContribution(peer, next / numbers.bytes(), target) * numbers.bytes();
        }
        if (next >= before && plan.returnsSums()) {
            int done = (int) ((next - before) / numbers.bytes());
            numbers.put(result, plan.slices().from(roster.position()) + done, fold.ready() - done, target);
        }
    }

    /** Fills from the peer's element {@code next} on, at most to the end of a contribution's chunk. */
    private int fillContribution(int peer, long next, ByteBuffer target) {
        int unit = plan.unit();
        long chunkOfAll = (long) contributions.size() * unit;
        int start = (int) (next / chunkOfAll) * unit;
        long within = next % chunkOfAll;
        int chunkLength = Math.min(unit, plan.slices().length(peer) - start);
        int at = (int) (within % chunkLength);
        B contribution = contributions.get((int) (within / chunkLength));
        return numbers.put(contribution, plan.slices().from(peer) + start + at, chunkLength - at, target);
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        checkAgreement(peer, frame);
        int count = plan.label() == 0 ? frame.count() : 1;
        if (count > SumArguments.MAX_CONTRIBUTIONS
                || frame.length() != contributionBytes(count, roster.position()) + sumBytes(peer)) {
            throw Fault.protocol(
                    peer,
                    "announced " + frame.length() + " bytes for " + count + " contributions to a slice of "
                            + plan.slices().length(roster.position()) + " elements and a sum of "
                            + sumBytes(peer) / numbers.bytes() + ", expected " + numbers.bytes()
                            + " bytes an element");
        }
        counts[peer] = count;
        fold.announce(peer, count);
    }

    private void checkAgreement(int peer, Frame frame) throws Fault {
        int elements = plan.slices().elements();
        if (frame.argument() != elements) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with vectors of " + frame.argument() + " elements while rank "
                            + roster.rank() + " called it with " + elements);
        }
        if (plan.label() != 0 && frame.count() != plan.label()) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with " + NumberType.describe(frame.count()) + " while rank "
                            + roster.rank() + " called it with " + NumberType.describe(plan.label()));
        }
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        int bytes = numbers.bytes();
        long before = contributionBytes(counts[peer], roster.position());
        if (offset < before) {
            int available = (int) Math.min(before - offset, payload.remaining()) / bytes;
            int taken = fold.take(peer, numbers.view(payload), 0, available);
            payload.position(payload.position() + taken * bytes);
            if (offset + (long) taken * bytes < before) {
                return;
            }
        }
        int done = (int) (Math.max(0, offset - before) / bytes);
        int from = plan.slices().from(peer) + done;
        if (plan.returnsSums()) {
            numbers.take(payload, result, from, plan.slices().length(peer) - done);
        }
    }

    @Override
    public void finish() {
        fold.finish();
    }
}
