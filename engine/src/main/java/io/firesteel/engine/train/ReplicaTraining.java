package io.firesteel.engine.train;

import io.firesteel.engine.checkpoint.CheckpointStore;
import io.firesteel.engine.checkpoint.WeightFile;
import io.firesteel.engine.comm.Communicator;
import io.firesteel.engine.data.BatchAssembly;
import io.firesteel.engine.data.BatchSchedule;
import io.firesteel.engine.data.BatchSchedules;
import io.firesteel.engine.data.ShardStore;
import io.firesteel.engine.data.StepBatch;
import io.firesteel.engine.data.StepBatches;
import io.firesteel.engine.event.Engine;
import io.firesteel.engine.event.Events;
import io.firesteel.engine.event.RunLimit;
import io.firesteel.engine.handler.LearningRateCurve;
import io.firesteel.engine.handler.LearningRateFinderOptions;
import io.firesteel.engine.handler.TimeProfile;
import io.firesteel.engine.handler.Weights;
import io.firesteel.engine.metric.set.MetricSet;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The training of one replica, put together: a trainer engine over the replica's steps, an evaluator engine over its
 * validation rows, and the handlers that merge metrics, evaluate and report at the end of each epoch. Collective from the
 * first step to the last: every rank runs the same number of them.
 *
 * <p>Belongs to the thread that calls {@link #run}. Network, shards and communicator stay the caller's, who closes them.
 */
public final class ReplicaTraining implements AutoCloseable {
    /** Of the handler that merges the epoch's training metrics; handlers that read them have a lower priority. */
    public static final int METRICS_PRIORITY = 1000;

    /** Of an average that the epoch's weights belong to: when all have them, before anything is measured with it. */
    static final int AVERAGE_PRIORITY = METRICS_PRIORITY + 1;

    private static final int REPORT_PRIORITY = -1000;

    /** Last: a checkpoint must hold what the other handlers of the iteration have done. */
    private static final int CHECKPOINT_PRIORITY = -2000;

    private static final Logger LOG = LoggerFactory.getLogger(ReplicaTraining.class);
    private static final long PROGRESS_INTERVAL_NANOS = 200_000_000;

    private final TrainingSpec spec;
    private final Network network;
    private final Communicator communicator;
    private final Coordination coordination;
    private final MetricSet metrics;
    private final PhaseTimes times = new PhaseTimes();
    private final ShardMetrics trainingMetrics;
    private final ShardMetrics validationMetrics;
    private final BatchSchedules schedules;
    private final StepBatches trainingSteps;
    private final StepBatches validationSteps;
    private final boolean validates;
    private final TrainingStep step;
    private final LearningRateTrial trial;
    private final Checkpointer checkpointer;
    private final Engine<StepBatch, StepOutput> trainer;
    private final Engine<StepBatch, Void> evaluator;

    private final RunHandlers handlers;
    private final MetricWarnings warnings = new MetricWarnings();
    private final EpochClock clock = new EpochClock();
    private MergedMetrics trained;
    private long samples;
    private boolean restoredAny;
    private long restoredSamples;

    /** Why a run that goes on from a checkpoint had been about to end after the epoch there; empty if it hadn't. */
    private String restoredStop = "";

    private int lastEpoch;
    private long epochSamples;

    /** Of the epoch that runs. */
    private BatchSchedule schedule;

    private long nextProgress;
    private long phasesInHandlers;

    /**
     * @param spec what to learn
     * @param network this replica's copy of the model
     * @param shards the hosted shards, in order
     * @param trainingRows rows of every shard of the run, by its number
     * @param validationRows validation rows of all shards of the run
     * @param communicator to the other replicas
     * @param coordination to the coordinator
     * @param checkpoints where checkpoints are kept
     */
    public ReplicaTraining(
            TrainingSpec spec,
            Network network,
            List<HostedShard> shards,
            long[] trainingRows,
            long validationRows,
            Communicator communicator,
            Coordination coordination,
            CheckpointStore checkpoints) {
        this(
                spec,
                network,
                shards,
                trainingRows,
                validationRows,
                communicator,
                coordination,
                checkpoints,
                assembly(stores(shards, HostedShard::training), communicator));
    }

    ReplicaTraining(
            TrainingSpec spec,
            Network network,
            List<HostedShard> shards,
            long[] trainingRows,
            long validationRows,
            Communicator communicator,
            Coordination coordination,
            CheckpointStore checkpoints,
            BatchAssembly assembly) {
        this.spec = spec;
        this.lastEpoch = spec.epochs();
        this.network = network;
        this.communicator = communicator;
        this.coordination = coordination;
        this.metrics = spec.metricSet();
        List<Integer> numbers = shards.stream().map(HostedShard::number).toList();
        this.trainingMetrics = new ShardMetrics(metrics, numbers);
        this.validationMetrics = new ShardMetrics(metrics, numbers);
        this.schedules = new BatchSchedules(spec.batchSize(), spec.batching().findRamp(), trainingRows);
        this.trainingSteps =
                StepBatches.shuffled(stores(shards, HostedShard::training), numbers, schedules, spec.seed(), assembly);
        this.validationSteps =
                StepBatches.evaluation(stores(shards, HostedShard::validation), numbers, spec.batchSize());
        this.validates = validationRows > 0;
        Hosting hosting = new Hosting(network, shards.size(), communicator, trainingMetrics, times);
        this.step = TrainingStep.of(spec, hosting);
        this.trial = new LearningRateTrial(spec, hosting, numbers);
        this.trainer = new Engine<>("trainer", step);
        trainer.timeHandlers();
        this.evaluator =
                new Engine<>("evaluator", new EvaluationStep(network, spec.layout(), spec.loss(), validationMetrics));
        StopVote stop = new StopVote(communicator, step::isSynchronized, times);
        this.checkpointer = new Checkpointer(
                spec.checkpoints(),
                checkpoints,
                new TrainingState(network, step, trainingMetrics, trainer, evaluator, communicator),
                stop,
                communicator,
                coordination);
        attachHandlers(stop);
        this.handlers = new RunHandlers(spec.handlers(), trainer, step, Weights.of(network), communicator.rank());
    }

    /** How a replica assembles its training steps: waiting for a network leaves another thread time to do it. */
    static BatchAssembly assembly(List<ShardStore> stores, Communicator communicator) {
        return communicator.isOnOneMachine()
                ? BatchAssembly.onOneMachine(
                        stores, communicator.worldSize(), Runtime.getRuntime().availableProcessors())
                : BatchAssembly.AHEAD;
    }

    /**
     * Lets a setup attach its handlers.
     *
     * @param setup the user's
     */
    public void attach(TrainingSetup setup) {
        setup.attach(new TrainingEngines(
                trainer, evaluator, communicator.rank(), communicator.worldSize(), Weights.of(network)));
    }

    /**
     * Goes on from a checkpoint instead of beginning. Collective; after all setups have attached their handlers, which get
     * their states back: those of rank 0, on every rank.
     *
     * @param location what the coordinator has recorded
     */
    public void resumeFrom(String location) {
        checkpointer.restore(location).ifPresent(restored -> {
            restoredAny = true;
            restoredSamples = restored.samples();
            samples = restoredSamples;
            restored.shelf().stopReason().ifPresent(reason -> {
                restoredStop = reason;
                lastEpoch = Math.toIntExact(restored.progress().epochs());
            });
        });
    }

    /**
     * Trains to the end. Collective. The network has the trained weights then: their average, if there is one.
     *
     * @throws TrainingDivergedException if the loss is no finite number any more; on all ranks at the same iteration
     */
    public ReplicaOutcome run() {
        if (!restoredAny) {
            spec.handlers().watching().findLearningRates().ifPresent(this::tryLearningRates);
        }
        trainTo(lastEpoch);
        handlers.useFinalWeights();
        handlers.profile().ifPresent(this::tell);
        WeightFile weights = WeightFile.of(network);
        if (!weights.isFinite()) {
            throw TrainingDivergedException.ofWeights(trainer.state().iteration());
        }
        String sha256 = weights.sha256();
        checkAgreement(sha256);
        times.add(Phase.EVENTS, eventNanos());
        return new ReplicaOutcome(
                trainer.progress().epochs(),
                trainer.state().iteration(),
                steps(),
                samples,
                (samples - restoredSamples) / Math.max(clock.trainingSeconds(), Double.MIN_NORMAL),
                trainer.terminationReason().orElse(restoredStop),
                times.seconds(),
                trainer.eventCounts(),
                sha256);
    }

    private void tryLearningRates(LearningRateFinderOptions options) {
        LearningRateCurve curve = trial.run(options, trainingSteps);
        if (communicator.rank() == 0) {
            LOG.info("{}", curve.headline());
            coordination.found(curve);
        }
    }

    private void tell(TimeProfile profile) {
        LOG.info("Where the time of the first replica went:\n{}", profile.table());
        coordination.found(profile);
    }

    private long steps() {
        return trainer.progress().firings().getOrDefault(TrainingEvents.STEP_COMPLETED.name(), 0L);
    }

    /**
     * Trains up to the end of an epoch; the next call goes on from there, and {@link #run} to the end. Collective.
     *
     * @param epochs how many are done then, since the beginning
     */
    void trainTo(int epochs) {
        Torch.recordGradients(true);
        trainer.run(new StepSource(trainingSteps, times, Phase.DATA), RunLimit.epochs(epochs));
        if (trainer.isSuspended()) {
            throw new IllegalStateException("Cannot finish training: a handler interrupted the trainer at iteration "
                    + trainer.state().iteration() + " (expected terminate, which all replicas agree on)");
        }
    }

    /** What has been spent on each phase so far. */
    PhaseTimes times() {
        return times;
    }

    @Override
    public void close() {
        try (trainingSteps;
                validationSteps) {
            // Both stop their threads, even if stopping one fails.
        }
    }

    private void attachHandlers(StopVote stop) {
        boolean stopsAnywhere = spec.batching().accumulate() == 1 && !(spec.synchronization() instanceof LocalSgd);
        if (communicator.worldSize() > 1 || !stopsAnywhere) {
            trainer.terminationVote(stop);
        }
        trainer.on(Events.EPOCH_STARTED, METRICS_PRIORITY, "epoch clock", this::beginEpoch);
        trainer.on(Events.GET_BATCH_STARTED, METRICS_PRIORITY, "step clock", engine -> clock.beginIteration());
        StepEvents.attach(step, trainer);
        ScheduledHyperparameters.attach(spec, step, trainer);
        trainer.on(Events.ITERATION_COMPLETED, REPORT_PRIORITY, "progress", this::completeIteration);
        trainer.on(Events.ITERATION_COMPLETED, CHECKPOINT_PRIORITY, "checkpoint", this::checkpoint);
        trainer.on(Events.EPOCH_COMPLETED, METRICS_PRIORITY, "training metrics", this::mergeTrainingMetrics);
        if (validates) {
            trainer.on(Events.EPOCH_COMPLETED, METRICS_PRIORITY, "validation", this::validate);
        }
        trainer.on(Events.EPOCH_COMPLETED, REPORT_PRIORITY, "epoch report", this::report);
        if (spec.checkpoints().best().areKept()) {
            trainer.on(Events.EPOCH_COMPLETED, CHECKPOINT_PRIORITY, "best checkpoints", this::saveIfBest);
        }
    }

    private void beginEpoch(Engine<StepBatch, StepOutput> engine) {
        clock.beginEpoch();
        schedule = schedules.of(engine.state().epoch());
        epochSamples = 0;
    }

    private void completeIteration(Engine<StepBatch, StepOutput> engine) {
        long now = clock.endIteration();
        long iteration = engine.state().epochIteration();
        int rows = schedule.count(iteration - 1);
        samples += rows;
        epochSamples += rows;
        if (communicator.rank() == 0 && (now >= nextProgress || iteration == schedule.steps())) {
            nextProgress = now + PROGRESS_INTERVAL_NANOS;
            coordination.progress(new Coordination.Progress(
                    engine.state().epoch(),
                    iteration,
                    schedule.steps(),
                    engine.state().output().loss(),
                    epochSamples / clock.epochTrainingSeconds(),
                    clock.secondsPerIteration()));
        }
    }

    private void mergeTrainingMetrics(Engine<StepBatch, StepOutput> engine) {
        long start = System.nanoTime();
        trained = merge("train", engine.state().epoch(), trainingMetrics);
        publish("train.", trained);
        endPhase(Phase.METRICS, start);
    }

    private void validate(Engine<StepBatch, StepOutput> engine) {
        long start = System.nanoTime();
        if (validationSteps.steps() > 0) {
            handlers.withFinalWeights(() ->
                    evaluator.run(new StepSource(validationSteps, new PhaseTimes(), Phase.DATA), RunLimit.epochs(1)));
        }
        publish("validation.", merge("validation", engine.state().epoch(), validationMetrics));
        endPhase(Phase.VALIDATION, start);
    }

    private void checkpoint(Engine<StepBatch, StepOutput> engine) {
        if (!step.isInsideStep() && spec.checkpoints().isDue(step.lastStep())) {
            long start = System.nanoTime();
            checkpointer.save(samples);
            endPhase(Phase.CHECKPOINT, start);
        }
    }

    private void saveIfBest(Engine<StepBatch, StepOutput> engine) {
        long start = System.nanoTime();
        checkpointer.saveIfBest(samples);
        endPhase(Phase.CHECKPOINT, start);
    }

    private void endPhase(Phase phase, long start) {
        phasesInHandlers += times.addSince(phase, start) - start;
    }

    private MergedMetrics merge(String what, long epoch, ShardMetrics states) {
        Map<String, byte[]> merged = coordination.merge("epoch/" + epoch + "/" + what, states.states());
        states.reset();
        return MergedMetrics.of(metrics, merged);
    }

    private void publish(String prefix, MergedMetrics merged) {
        if (communicator.rank() == 0) {
            warnings.warn(prefix, merged);
        }
        merged.writeTo(trainer.state().metrics(), prefix, metrics);
    }

    private void report(Engine<StepBatch, StepOutput> engine) {
        int epoch = Math.toIntExact(engine.state().epoch());
        if (communicator.rank() == 0) {
            coordination.epochCompleted(new EpochRecord(
                    epoch,
                    engine.state().iteration(),
                    clock.epochSeconds(),
                    engine.state().metrics(),
                    trained.ledger()));
        }
        coordination.stopAfter(epoch).ifPresent(engine::terminate);
    }

    /** Replicas that hold different weights have computed different things: a wrong model must not be handed out. */
    private void checkAgreement(String sha256) {
        byte[] own = sha256.getBytes(StandardCharsets.US_ASCII);
        byte[] first = communicator.broadcast(own, 0);
        if (communicator.allReduceMax(Arrays.equals(own, first) ? 0 : 1) == 1) {
            throw new IllegalStateException("Cannot finish training: the replicas' weights differ (rank "
                    + communicator.rank() + " has " + sha256 + ", rank 0 has "
                    + new String(first, StandardCharsets.US_ASCII)
                    + "); hosts with different CPUs or library versions compute different bits");
        }
    }

    /** What handlers took beyond the phases that have their own count. */
    private long eventNanos() {
        return Math.max(0, trainer.handlerNanos() - phasesInHandlers);
    }

    private static List<ShardStore> stores(List<HostedShard> shards, Function<HostedShard, ShardStore> part) {
        return shards.stream().map(part).toList();
    }
}
