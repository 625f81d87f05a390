package io.firesteel.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.firesteel.engine.event.LoopModel.Setting;
import io.firesteel.engine.event.LoopModel.Wish;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random runs, left and suspended at random events, fire and read what {@link LoopModel} says. */
@Timeout(60)
class LoopModelTest {
    private static final int RUNS = 3_000;
    private static final List<Events> EVENTS = List.of(Events.values());
    private static final List<Wish> WISHES = List.of(Wish.values());

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
    @ValueSource(longs = {1, 2, 3, 4})
    void anEngineDoesWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        for (int run = 0; run < RUNS; run++) {
            Setting setting = setting(random);
            Map<String, Set<Wish>> wishes = wishes(random);

            List<String> expected = new LoopModel(setting, wishes).trace();

            assertThat(traceOfEngine(setting, wishes))
                    .as("seed %d, run %d: %s %s", seed, run, setting, wishes)
                    .isEqualTo(expected);
        }
    }

    private static Setting setting(Random random) {
        boolean hasData = random.nextInt(5) > 0;
        boolean sized = hasData && random.nextBoolean();
        boolean givesLength = !hasData || random.nextInt(3) == 0;
        return new Setting(
                hasData ? 1 + random.nextInt(5) : 0,
                sized,
                sized || random.nextBoolean() ? Long.MAX_VALUE : 1,
                random.nextBoolean(),
                1 + random.nextInt(12),
                givesLength ? 1 + random.nextInt(7) : 0);
    }

    /** By event and how often it has fired. */
    private static Map<String, Set<Wish>> wishes(Random random) {
        Map<String, Set<Wish>> wishes = new HashMap<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Events event = EVENTS.get(random.nextInt(EVENTS.size()));
            Wish wish = WISHES.get(random.nextInt(WISHES.size()));
            boolean refused = event == Events.STARTED || event == Events.EPOCH_STARTED;
            if (refused && (wish == Wish.END_EPOCH || wish == Wish.END_EPOCH_WITHOUT_COMPLETED)) {
                wish = Wish.INTERRUPT;
            }
            if (event != Events.INTERRUPT && event != Events.EXCEPTION_RAISED) {
                wishes.computeIfAbsent(event + " " + (1 + random.nextInt(4)), key -> EnumSet.noneOf(Wish.class))
                        .add(wish);
            }
        }
        return wishes;
    }

    private static List<String> traceOfEngine(Setting setting, Map<String, Set<Wish>> wishes) {
        List<String> trace = new ArrayList<>();
        Engine<Long, Long> engine = new Engine<>("train", (e, batch) -> {
            trace.add("batch " + batch);
            return batch;
        });
        for (Events event : Events.values()) {
            int[] fired = {0};
            engine.on(event, e -> {
                fired[0]++;
                trace.add(event + "(" + e.state().epoch() + "," + e.state().iteration() + ")");
                wishes.getOrDefault(event + " " + fired[0], Set.of()).forEach(wish -> ask(e, wish));
            });
        }
        TestSource source = source(setting);
        do {
            run(engine, setting, source);
        } while (engine.isSuspended());
        assertThat(source.stillOpen()).isZero();
        return trace;
    }

    private static TestSource source(Setting setting) {
        if (setting.sized()) {
            return TestSource.sized(setting.data());
        }
        return setting.passes() == 1 ? TestSource.oneShot(setting.data()) : TestSource.unsized(setting.data());
    }

    private static void run(Engine<Long, Long> engine, Setting setting, TestSource source) {
        RunLimit limit = setting.inEpochs() ? RunLimit.epochs(setting.limit()) : RunLimit.iterations(setting.limit());
        if (setting.epochLength() > 0) {
            limit = limit.withEpochLength(setting.epochLength());
        }
        if (setting.data() == 0) {
            engine.run(limit);
        } else {
            engine.run(source, limit);
        }
    }

    private static void ask(Engine<Long, Long> engine, Wish wish) {
        switch (wish) {
            case TERMINATE -> engine.terminate();
            case TERMINATE_WITHOUT_COMPLETED -> engine.terminateWithoutCompleted("enough");
            case END_EPOCH -> engine.terminateEpoch();
            case END_EPOCH_WITHOUT_COMPLETED -> engine.terminateEpochWithoutCompleted();
            case INTERRUPT -> engine.interrupt();
        }
    }
}
