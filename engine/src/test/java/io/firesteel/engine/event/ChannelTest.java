package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is called in a firing, in which order, and at what cost. */
class ChannelTest {
    /** Less than any that could be made at every thousandth iteration; the run's own may be optimized away or not. */
    private static final long ONE_OBJECT = 100 * 16;

    private static final Event OWN = () -> "OWN";
    private static final List<EventSelector> EVENTS =
            List.of(Events.ITERATION_COMPLETED, Events.ITERATION_STARTED, Events.GET_BATCH_COMPLETED, OWN);
    private static final List<EventSelector> FILTERED = List.of(
            Events.ITERATION_COMPLETED.every(100),
            Events.ITERATION_STARTED.every(3).after(10).when((e, count) -> count % 2 == 0),
            Events.GET_BATCH_STARTED.once(5, 50_000),
            OWN.every(7));

    private final Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> batch);
    private final List<String> calls = new ArrayList<>();

    private Registration on(int priority, String name) {
        return engine.on(Events.ITERATION_COMPLETED, priority, name, e -> calls.add(name));
    }

    private List<String> callsOf(long iterations) {
        engine.restart();
        engine.run(TestSource.sized(iterations), RunLimit.epochs(1));
        return calls;
    }

    @Test
    void handlersAreCalledByPriorityThenAsRegistered() {
        on(0, "a");
        on(5, "b");
        on(-1, "c");
        on(5, "d");
        on(0, "e");
        engine.on(Events.ITERATION_COMPLETED, e -> calls.add("f"));

        assertThat(callsOf(1)).containsExactly("b", "d", "a", "e", "f", "c");
    }

    @Test
    void aHandlerAddedInAFiringIsCalledFromTheNextOn() {
        engine.on(Events.ITERATION_COMPLETED.once(1), e -> on(0, "added"));

        assertThat(callsOf(3)).containsExactly("added", "added");
    }

    @Test
    void aHandlerRemovedInAFiringIsStillCalledInIt() {
        List<Registration> last = new ArrayList<>();
        engine.on(Events.ITERATION_COMPLETED, e -> last.forEach(Registration::remove));
        last.add(on(0, "last"));

        assertThat(callsOf(3)).containsExactly("last");
    }

    @Test
    void aHandlerMayRemoveItself() {
        Registration[] self = new Registration[1];
        self[0] = engine.on(Events.ITERATION_COMPLETED, e -> {
            calls.add("once");
            self[0].remove();
        });
        on(0, "after");

        assertThat(callsOf(2)).containsExactly("once", "after", "after");
    }

    @Test
    void removingTakesAwayOneRegistrationFromAllItsEventsHoweverOftenItIsCalled() {
        EventHandler<Long, Long> handler =
                e -> calls.add(e.lastEvent().orElseThrow().name());
        Registration first = engine.on(Events.STARTED.or(Events.COMPLETED), handler);
        engine.on(Events.COMPLETED, handler);

        first.remove();
        first.remove();

        assertThat(callsOf(1)).containsExactly("COMPLETED");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 50})
    void anIterationAllocatesNothing(int handlers) {
        Engine<Long, Long> busy = new Engine<>("train", (e, batch) -> {
            e.fire(OWN);
            return batch;
        });
        busy.registerEvents(OWN);
        long[] sink = new long[1];
        for (int i = 0; i < handlers; i += 2) {
            busy.on(EVENTS.get(i / 2 % EVENTS.size()), e -> sink[0] += e.state().iteration());
            busy.on(FILTERED.get(i / 2 % FILTERED.size()), e -> sink[0]++);
        }
        busy.terminationVote(wish -> wish);
        allocatedBy(busy, 20_000);

        long few = allocatedBy(busy, 1_000);
        long many = allocatedBy(busy, 101_000);

        assertThat(many - few).as("100,000 iterations more").isLessThan(ONE_OBJECT);
    }

    private static long allocatedBy(Engine<Long, Long> engine, long iterations) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        BatchSource<Long> source = new SameBatch(iterations);
        engine.restart();
        long before = threads.getCurrentThreadAllocatedBytes();
        engine.run(source, RunLimit.epochs(1));
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** One batch, many times. */
    private record SameBatch(long count) implements BatchSource<Long> {
        private static final Long BATCH = 1L;

        @Override
        public OptionalLong length() {
            return OptionalLong.of(count);
        }

        @Override
        public BatchIterator<Long> open(Position position) {
            return new BatchIterator<>() {
                private long next = position.iteration();

                @Override
                public boolean hasNext() {
                    return next < count;
                }

                @Override
                public Long next() {
                    next++;
                    return BATCH;
                }

                @Override
                public void close() {}
            };
        }
    }
}
