package io.firesteel.spark.cli;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import io.firesteel.engine.data.TensorSpec;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.model.ModelFactory;
import io.firesteel.engine.train.TrainingEngines;
import io.firesteel.engine.train.TrainingSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

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

        @Override
        public void attach(TrainingEngines engines) {
            if (engines.rank() == 0) {
                engines.trainer().on(Events.EPOCH_COMPLETED.once(1), engine -> occupy());
            }
        }

        private static void occupy() {
            try {
                Files.createDirectories(place);
                Files.move(place, place.resolveSibling("lost"));
                Files.writeString(place, "in the way");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
