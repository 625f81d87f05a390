package io.firesteel.spark.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.State;
import io.firesteel.engine.model.ModelFactory;
import io.firesteel.engine.train.CoordinatorEngine;
import io.firesteel.engine.train.CoordinatorSetup;
import io.firesteel.engine.train.EpochRecord;
import io.firesteel.engine.train.TrainingEngines;
import io.firesteel.engine.train.TrainingSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Models and setups as a user's jar holds them. */
public final class UserClasses {
    private UserClasses() {}

    /** Two layers, as wide as the option says. */
    public static final class TwoLayers implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            return new SequentialBlock()
                    .add(Linear.builder()
                            .setUnits(Long.parseLong(options.get("units")))
                            .build())
                    .add(Activation::relu)
                    .add(Linear.builder().setUnits(Blobs.CLASSES).build());
        }
    }

    /** A model that can't be built. */
    public static final class NoModel implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            throw new UnsupportedOperationException("not yet");
        }
    }

    /** A model whose forward pass fails in the first step. */
    public static final class BrokenForward implements ModelFactory {
        @Override
        public Block create(List<TensorSpec> inputs, TensorSpec label, Map<String, String> options) {
            return new SequentialBlock()
                    .add(Linear.builder().setUnits(Blobs.CLASSES).build())
                    .add(list -> {
                        NDArray output = list.singletonOrThrow();
                        return new NDList(output.getShape().get(0) > 1 ? output.reshape(7, 7, 7) : output);
                    });
        }
    }

    /** Notes what fires, and on which rank. */
    public static final class Notes implements TrainingSetup {
        static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void attach(TrainingEngines engines) {
            String rank = "rank " + engines.rank() + " of " + engines.worldSize() + " ";
            engines.trainer().on(Events.STARTED, engine -> HEARD.add(rank + "started"));
            engines.trainer()
                    .on(
                            Events.EPOCH_COMPLETED,
                            engine -> HEARD.add(rank + "epoch "
                                    + engine.state().epoch() + " "
                                    + engine.state().metrics().get("validation.accuracy")));
            engines.trainer().on(Events.COMPLETED, engine -> HEARD.add(rank + "completed"));
        }
    }

    /** One rank wants to stop after the first epoch: all do. */
    public static final class StopOnRankOne implements TrainingSetup {
        @Override
        public void attach(TrainingEngines engines) {
            engines.trainer().on(Events.EPOCH_COMPLETED, engine -> {
                if (engines.rank() == 1) {
                    engine.terminate("rank 1 has seen enough");
                }
            });
        }
    }

    /** One rank wants to stop after an iteration inside an epoch; each notes where it ends. */
    public static final class StopInAnIteration implements TrainingSetup {
        static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void attach(TrainingEngines engines) {
            if (engines.rank() == 1) {
                engines.trainer()
                        .on(Events.ITERATION_COMPLETED.once(17), engine -> engine.terminate("rates are through"));
            }
            engines.trainer()
                    .on(
                            Events.COMPLETED,
                            engine -> HEARD.add("rank " + engines.rank() + " completed after "
                                    + engine.state().iteration()));
        }
    }

    /** A handler that throws on one rank, in the second epoch. */
    public static final class ThrowOnRankOne implements TrainingSetup {
        @Override
        public void attach(TrainingEngines engines) {
            engines.trainer().on(Events.ITERATION_COMPLETED, engine -> {
                if (engines.rank() == 1 && engine.state().epoch() == 2) {
                    throw new IllegalStateException("the handler's own words");
                }
            });
        }
    }

    /** Puts a file where the run's directory should be, as a full or broken disk would. */
    public static final class OccupyOutput implements TrainingSetup {
        static volatile Path place;
        private static final int ATTEMPTS = 100;

        @Override
        public void attach(TrainingEngines engines) {
            if (engines.rank() == 0) {
                engines.trainer().on(Events.EPOCH_COMPLETED.once(1), engine -> occupy());
            }
        }

        /** The driver writes beside it and makes the directory anew when it finds none: then it is moved away again. */
        private static void occupy() {
            for (int attempt = 0; !occupied(attempt); attempt++) {
                if (attempt == ATTEMPTS) {
                    throw new IllegalStateException("Cannot occupy " + place + ": it came back " + attempt + " times");
                }
            }
        }

        private static boolean occupied(int attempt) {
            try {
                Files.createDirectories(place);
                Files.move(place, place.resolveSibling("lost-" + attempt));
                Files.writeString(place, "in the way", StandardOpenOption.CREATE_NEW);
                return true;
            } catch (FileSystemException e) {
                if (Files.isDirectory(place)) {
                    return false;
                }
                throw new UncheckedIOException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Notes what the driver hears, and records a value of its own; the same class notes what replicas hear. */
    public static final class NotesOnDriver implements TrainingSetup, CoordinatorSetup {
        static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void attach(TrainingEngines engines) {
            engines.onRank(1, Events.STARTED, engine -> HEARD.add("rank 1 started"));
        }

        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            Engine<Void, EpochRecord> run = coordinator.engine();
            String of = "driver of " + coordinator.worldSize() + " ";
            run.on(Events.STARTED, engine -> HEARD.add(of + "started " + coordinator.runId()));
            run.on(Events.EPOCH_COMPLETED, engine -> {
                State<Void, EpochRecord> state = engine.state();
                state.metrics().put("twice", 2 * state.metrics().get("train.loss"));
                HEARD.add(of + "epoch " + state.epoch() + " " + state.iteration() + " "
                        + state.metrics().get("train.loss"));
            });
            run.on(
                    Events.TERMINATE.or(Events.COMPLETED),
                    engine -> HEARD.add(of + engine.lastEvent().orElseThrow() + " "
                            + engine.terminationReason().orElse("")));
            run.on(
                    Events.EXCEPTION_RAISED,
                    engine -> HEARD.add(of + engine.failure().orElseThrow().getMessage()));
        }
    }

    /** The driver stops the run after the third epoch; each replica notes where it ends. */
    public static final class StopOnDriver implements TrainingSetup, CoordinatorSetup {
        static final Queue<String> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void attach(TrainingEngines engines) {
            engines.trainer()
                    .on(
                            Events.COMPLETED,
                            engine -> HEARD.add("rank " + engines.rank() + " completed after "
                                    + engine.state().epoch()));
        }

        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            coordinator.engine().on(Events.EPOCH_COMPLETED.once(3), engine -> engine.terminate("three are enough"));
        }
    }

    /** A handler on the driver that throws in the second of very many epochs. */
    public static final class ThrowOnDriver implements CoordinatorSetup {
        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            coordinator.engine().on(Events.EPOCH_COMPLETED.once(2), 0, "audit", engine -> {
                throw new IOException("the ledger is closed");
            });
        }
    }

    /** A setup that fails on the driver. */
    public static final class ThrowAtOnceOnDriver implements CoordinatorSetup {
        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            throw new IllegalArgumentException("no such channel");
        }
    }

    /** A handler on the driver that doesn't return before it is interrupted. */
    public static final class HangOnDriver implements CoordinatorSetup {
        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            coordinator.engine().on(Events.EPOCH_COMPLETED, engine -> new CountDownLatch(1).await());
        }
    }

    /** Fails on rank 1 in the second epoch; the driver notes what it hears of that. */
    public static final class ThrowOnRankOneAndNote implements TrainingSetup, CoordinatorSetup {
        @Override
        public void attach(TrainingEngines engines) {
            new ThrowOnRankOne().attach(engines);
        }

        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            new NotesOnDriver().onCoordinator(coordinator);
        }
    }

    /** Stops on rank 1; the driver notes what it hears of that. */
    public static final class StopInAnIterationAndNote implements TrainingSetup, CoordinatorSetup {
        @Override
        public void attach(TrainingEngines engines) {
            new StopInAnIteration().attach(engines);
        }

        @Override
        public void onCoordinator(CoordinatorEngine coordinator) {
            new NotesOnDriver().onCoordinator(coordinator);
        }
    }

    /** A setup that fails before training. */
    public static final class ThrowAtOnce implements TrainingSetup {
        @Override
        public void attach(TrainingEngines engines) {
            throw new IllegalArgumentException("no such bucket");
        }
    }
}
