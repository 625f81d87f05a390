package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random runs, interrupted at random events and taken up by the same engine or, from bytes, by a new one: what is processed,
 * what the user's events call, and what handlers have counted is that of an uninterrupted run.
 */
@Timeout(60)
class RandomResumeTest {
    private static final int RUNS = 2_000;
    private static final Event STEP = () -> "STEP";
    private static final StateKey<Long> SUM = StateKey.saved("sum", Long.class);
    private static final List<Events> INTERRUPTED = List.of(
            Events.STARTED,
            Events.EPOCH_STARTED,
            Events.GET_BATCH_STARTED,
            Events.DATALOADER_STOP_ITERATION,
            Events.GET_BATCH_COMPLETED,
            Events.ITERATION_STARTED,
            Events.ITERATION_COMPLETED,
            Events.EPOCH_COMPLETED);

    /** What a run is made of; a source of 0 batches stands for none. */
    private record Setting(int batches, boolean sized, RunLimit limit, long leftEpochAt) {}

    /** What was processed, and at which iterations the filtered event of the user's was heard. */
    private record Log(List<Long> processed, List<Long> everyThirdStep) {}

    /** What a run has done and where it ended. */
    private record Outcome(Log log, long epochsCounted, long sum, Map<String, Long> position) {}

    /** Counts the epochs that were completed. */
    private static final class Count implements EventHandler<Long, Long>, Stateful {
        private long count;

        @Override
        public void handle(Engine<Long, Long> engine) {
            count++;
        }

        @Override
        public StateDict state() {
            return StateDict.builder(1).put("count", count).build();
        }

        @Override
        public void restore(StateDict saved) {
            count = saved.require(1, "count").longValue("count");
        }
    }

    /** Sources that run dry make many warnings. */
    private ErrorOutput warnings;

    @BeforeEach
    void takeWarnings() {
        warnings = ErrorOutput.taken();
    }

    @AfterEach
    void dropWarnings() {
        warnings.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void anInterruptedRunDoesWhatAnUninterruptedOneDoes(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Setting setting = setting(random);
            Outcome whole = run(setting, random, 0);

            Outcome pieces = run(setting, random, 0.05 + 0.2 * random.nextDouble());

            assertThat(pieces).as("seed %d, run %d: %s", seed, run, setting).isEqualTo(whole);
        }
    }

    private static Setting setting(Random random) {
        int batches = random.nextInt(7);
        RunLimit limit = random.nextBoolean()
                ? RunLimit.epochs(1 + random.nextInt(4))
                : RunLimit.iterations(1 + random.nextInt(20));
        if (batches == 0 || random.nextInt(3) == 0) {
            limit = limit.withEpochLength(1 + random.nextInt(8));
        }
        return new Setting(batches, random.nextBoolean(), limit, 1 + random.nextInt(20));
    }

    private static Outcome run(Setting setting, Random random, double interruptions) {
        Log log = new Log(new ArrayList<>(), new ArrayList<>());
        TestSource source = setting.sized ? TestSource.sized(setting.batches) : TestSource.unsized(setting.batches);
        Engine<Long, Long> engine = engine(setting, log, random, interruptions);
        do {
            if (engine.isSuspended() && random.nextBoolean()) {
                engine = movedTo(engine(setting, log, random, interruptions), engine);
            }
            if (setting.batches == 0) {
                engine.run(setting.limit);
            } else {
                engine.run(source, setting.limit);
            }
        } while (engine.isSuspended());
        assertThat(source.stillOpen()).isZero();
        return new Outcome(
                log,
                engine.handlerStates().get("Count").longValue("count"),
                engine.state().find(SUM).orElseThrow(),
                engine.progress().toMap());
    }

    private static Engine<Long, Long> engine(Setting setting, Log log, Random random, double interruptions) {
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
            log.processed.add(batch);
            e.state().put(SUM, e.state().find(SUM).orElseThrow() + e.state().iteration());
            e.fire(STEP);
            return batch;
        });
        engine.registerEvents(STEP);
        engine.state().put(SUM, 0L);
        engine.on(STEP.every(3), e -> log.everyThirdStep.add(e.state().iteration()));
        engine.on(Events.EPOCH_COMPLETED, new Count());
        engine.on(Events.ITERATION_COMPLETED.once(setting.leftEpochAt), e -> e.terminateEpoch());
        for (Events event : INTERRUPTED) {
            engine.on(event, e -> {
                if (random.nextDouble() < interruptions) {
                    e.interrupt();
                }
            });
        }
        return engine;
    }

    private static Engine<Long, Long> movedTo(Engine<Long, Long> next, Engine<Long, Long> last) {
        byte[] state = last.stateDict().toBytes();
        Map<String, StateDict> handlers = last.handlerStates();
        last.restart();
        next.loadStateDict(StateDict.fromBytes(state));
        next.restoreHandlers(handlers);
        return next;
    }
}
