package io.firesteel.engine.comm;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Everyone sends each rank, or each of its host's, the slice of its contributions that this one sums; each rank folds its
 * slice in the order of the contributions, and sends the sums on as soon as it has them: back to those from which the
 * contributions came, and along the hosts where there are several.
 *
 * <p>A frame to a rank of the same host holds this rank's contributions to the peer's slice and behind them this rank's own
 * slice of the sum; one to the next host the sum so far, and one to the host before the finished sum. Bytes that come
 * before their turn wait in the peer's buffer, and once that is full, with the sender. This never locks up: contributions
 * wait for nothing, a running sum for contributions and running sums of hosts before, and sums for both.
 */
final class ReduceExchange<B extends Buffer> implements Reduction {
    /** The source of a fold that is the host before; the host's own ranks follow. */
    private static final int HOSTS_BEFORE = 0;

    private static final int UNKNOWN = -1;

    private final Plan plan;
    private final ExchangeSchedule schedule;
    private final Numbers<B> numbers;
    private final Roster roster;
    private final int own;
    private final Contributions<B> contributions;
    private final B result;
    private final SliceFold<B> fold;
    /** This rank's slice of the sums, so far or finished. */
    private final SumStream<B> ownSums;

    /** Contributions of each rank of the host, once its header is here. */
    private final int[] counts;

    private int unknownCounts;
    /** Contributions in all: of the ranks up to this host's last, and of all ranks. */
    private long tally;

    private boolean tallyBeforeKnown;
    /** Whether the hosts before have contributed nothing, so that what they send is no sum. */
    private boolean dropsRunning;

    private int total = UNKNOWN;
    /** Elements of this rank's slice whose finished sum has come back from the next host. */
    private int returned;

    /**
     * What all ranks agree on.
     *
     * @param operation the operation and its number
     * @param schedule who sums what
     * @param label stands in the header instead of the number of contributions, which is then 1; 0 for none
     * @param chunkElements unit of the fold and of the order on the wire
     */
    record Plan(OperationNumber operation, ExchangeSchedule schedule, int label, int chunkElements) {
        int unit() {
            return schedule.isWhole() ? Math.max(1, schedule.elements()) : chunkElements;
        }
    }

    /** The result holds this rank's slice alone in a scatter, and all sums otherwise. */
    ReduceExchange(Plan plan, Roster roster, Numbers<B> numbers, SumArguments<B> arguments) {
        this.plan = plan;
        this.numbers = numbers;
        this.roster = roster;
        schedule = plan.schedule();
        own = roster.position();
        contributions = new Contributions<>(numbers, arguments.contributions(), plan.unit());
        result = arguments.result();
        ownSums = sumsOf(own);
        counts = new int[roster.size()];
        int count = arguments.contributions().size();
        int neighbours = schedule.hosts().size(schedule.hosts().hostOf(own));
        fold = new SliceFold<>(numbers, neighbours + 1, source(own), arguments.contributions(), result, where(count));
        unknownCounts = neighbours - 1;
        tally = count;
        if (schedule.previous(own) < 0) {
            tallyBeforeKnown = true;
            fold.expect(HOSTS_BEFORE, 0);
        }
    }

    private SliceFold.Where where(int count) {
        boolean untilEnd = schedule.isWhole() && count == 1 && roster.size() > 1;
        int from = schedule.from(own);
        return new SliceFold.Where(from, schedule.isScatter() ? 0 : from, schedule.length(own), plan.unit(), untilEnd);
    }

    private SumStream<B> sumsOf(int rank) {
        return new SumStream<>(numbers, schedule.isChain(), result, schedule.from(rank), schedule.length(rank));
    }

    /** A rank of this host as a source of the fold. */
    private int source(int rank) {
        return 1 + schedule.hosts().localRank(rank);
    }

    @Override
    public long totalContributions() {
        return total == UNKNOWN ? tally : total;
    }

    @Override
    public boolean sendsTo(int peer) {
        return schedule.areLinked(own, peer);
    }

    @Override
    public boolean receivesFrom(int peer) {
        return schedule.areLinked(own, peer);
    }

    /** A neighbour may wait for the next host as this rank does: while that owes this rank its sum, it is the one to blame. */
    @Override
    public boolean awaits(int peer) {
        if (schedule.areNeighbours(own, peer)) {
            return fold.isComplete() ? ownSumIsBack() : fold.awaits(source(peer));
        }
        return peer == schedule.previous(own) ? fold.awaits(HOSTS_BEFORE) : fold.isComplete();
    }

    private boolean ownSumIsBack() {
        return schedule.next(own) < 0 || returned >= schedule.length(own);
    }

    @Override
    public boolean isSameForAll() {
        return schedule.isWhole();
    }

    @Override
    public Frame frameTo(int peer) {
        int count = contributions.vectors().size();
        return plan.operation()
                .frame(schedule.bytes(count, own, peer), schedule.elements(), plan.label() == 0 ? count : plan.label());
    }

    @Override
    public void accept(int peer, Frame frame) throws Fault {
        checkAgreement(peer, frame);
        int count = plan.label() == 0 ? frame.count() : 1;
        long expected = schedule.bytes(count, peer, own);
        if (count > SumArguments.MAX_CONTRIBUTIONS || frame.length() != expected) {
            throw Fault.protocol(
                    peer,
                    "announced " + frame.length() + " bytes for " + count + " contributions to a slice of "
                            + schedule.length(own) + " elements, expected " + expected);
        }
        if (schedule.areNeighbours(own, peer)) {
            counts[peer] = count;
            unknownCounts--;
            tally += count;
            fold.announce(source(peer), count);
        }
    }

    private void checkAgreement(int peer, Frame frame) throws Fault {
        if (frame.argument() != schedule.elements()) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with vectors of " + frame.argument() + " elements while rank "
                            + roster.rank() + " called it with " + schedule.elements());
        }
        MappedSumExchange.checkUnmarked(peer, frame, roster.rank());
        if (plan.label() != 0 && frame.count() != plan.label()) {
            throw Fault.protocol(
                    peer,
                    "called " + frame.title() + " with " + NumberType.describe(frame.count()) + " while rank "
                            + roster.rank() + " called it with " + NumberType.describe(plan.label()));
        }
    }

    @Override
    public void fill(int peer, long offset, ByteBuffer target) {
        if (peer == schedule.next(own)) {
            ownSums.put(offset, tally(), fold.ready(), target);
        } else if (peer == schedule.previous(own)) {
            putFinished(offset, target);
        } else {
            fillNeighbour(peer, offset, target);
        }
    }

    private void fillNeighbour(int peer, long offset, ByteBuffer target) {
        long before = schedule.contributionBytes(contributions.vectors().size(), own, peer);
        long next = offset;
        if (next < before) {
            next += contributions.put(schedule.from(peer), schedule.length(peer), next, target);
        }
        if (next >= before && schedule.sumBytes(own, peer) > 0) {
            putFinished(next - before, target);
        }
    }

    private void putFinished(long offset, ByteBuffer target) {
        boolean last = schedule.next(own) < 0;
        ownSums.put(offset, last ? tally() : total, last ? fold.ready() : returned, target);
    }

    /** Contributions in this rank's sum once it is complete, or -1 while that isn't known. */
    private int tally() {
        return unknownCounts == 0 && tallyBeforeKnown ? (int) Math.min(tally, Integer.MAX_VALUE) : UNKNOWN;
    }

    @Override
    public void drain(int peer, long offset, ByteBuffer payload) {
        if (peer == schedule.next(own)) {
            returned = Math.max(returned, takeFinished(ownSums, offset, payload));
        } else if (peer == schedule.previous(own)) {
            drainRunning(offset, payload);
        } else {
            drainNeighbour(peer, offset, payload);
        }
    }

    private void drainNeighbour(int peer, long offset, ByteBuffer payload) {
        long next = offset;
        long before = schedule.contributionBytes(counts[peer], peer, own);
        if (next < before) {
            next += addTo(source(peer), (int) Math.min(before - next, payload.remaining()), payload);
        }
        if (next >= before && schedule.sumBytes(peer, own) > 0) {
            takeFinished(sumsOf(peer), next - before, payload);
        }
    }

    /** Elements of the stream that have been taken up to now. */
    private int takeFinished(SumStream<B> sums, long offset, ByteBuffer payload) {
        long next = offset;
        if (sums.beginsWithTally(offset)) {
            int taken = sums.takeTally(payload);
            if (taken == UNKNOWN) {
                return 0;
            }
            total = taken;
            next = numbers.bytes();
        }
        return sums.take(next, payload);
    }

    private void drainRunning(long offset, ByteBuffer payload) {
        if (ownSums.beginsWithTally(offset)) {
            int before = ownSums.takeTally(payload);
            if (before == UNKNOWN) {
                return;
            }
            tally += before;
            tallyBeforeKnown = true;
            dropsRunning = before == 0;
            fold.announce(HOSTS_BEFORE, dropsRunning ? 0 : 1);
        }
        if (dropsRunning) {
            payload.position(payload.limit() - payload.remaining() % numbers.bytes());
        } else {
            addTo(HOSTS_BEFORE, payload.remaining(), payload);
        }
    }

    /** Adds a source's elements as far as it is their turn; returns the bytes taken. */
    private int addTo(int source, int bytes, ByteBuffer payload) {
        if (bytes < numbers.bytes()) {
            return 0;
        }
        int taken = fold.take(source, numbers.view(payload), 0, bytes / numbers.bytes()) * numbers.bytes();
        payload.position(payload.position() + taken);
        return taken;
    }

    @Override
    public void finish() {
        fold.finish();
    }
}
