package io.firesteel.spark;

import ai.djl.Device;
import io.firesteel.connectors.source.DatasetLocation;
import io.firesteel.engine.data.DataException;
import io.firesteel.engine.model.Network;
import io.firesteel.engine.model.Torch;
import io.firesteel.engine.model.UserModel;
import io.firesteel.engine.train.CheckpointPolicy;
import io.firesteel.engine.train.TrainingSpec;
import io.firesteel.spark.barrier.InitialWeights;
import io.firesteel.spark.config.DataConfig;
import io.firesteel.spark.config.JobConfig;
import io.firesteel.spark.config.ValidationConfig;
import io.firesteel.spark.ingest.DatasetColumns;
import io.firesteel.spark.ingest.LabelRange;
import io.firesteel.spark.ingest.RowBinding;
import io.firesteel.spark.ingest.ShardAssignment;
import io.firesteel.spark.ingest.ShardedRows;
import io.firesteel.spark.ingest.Split;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Turns a job into a plan: binds it to its data, to the cluster and to a network, and finds what doesn't fit. */
final class RunPlanner {
    private final SparkSession spark;

    RunPlanner(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * Plans a job; no row is read but for those that Spark reads to infer a schema.
     *
     * @throws DataException if the data isn't there or doesn't fit the job
     * @throws RunException if the job doesn't fit the cluster or the network
     */
    RunPlan plan(JobConfig asked) {
        DatasetLocation location = location(asked.data());
        Dataset<Row> opened = location.open(spark);
        DatasetColumns columns = new DatasetColumns(location.describe(), opened);
        RowBinding binding = RowBinding.of(asked, columns);
        ShardAssignment assignment = assignment(asked);
        JobConfig job = asked.withPlacement(assignment.shards(), assignment.replicas());
        TrainingSpec training = training(job, binding);
        try (Network network = network(training)) {
            // What doesn't fit is better said before any task starts.
            job.train()
                    .initialWeights()
                    .ifPresent(weights -> InitialWeights.load(
                            network, weights, spark.sparkContext().hadoopConfiguration()));
            return new RunPlan(
                    job,
                    binding.named(job),
                    training,
                    assignment,
                    rows(job, binding, assignment, columns, opened),
                    binding.decoder(location.describe(), LabelRange.of(training.loss(), network.outputs())),
                    network.layout().parameterCount());
        }
    }

    private static DatasetLocation location(DataConfig data) {
        return new DatasetLocation(data.format(), data.paths(), data.options(), data.derive(), data.where());
    }

    private ShardAssignment assignment(JobConfig job) {
        int wanted = job.train().replicas().orElse(Integer.MAX_VALUE);
        int slots = new ClusterSlots(spark.sparkContext()).await(wanted);
        if (job.train().replicas().isPresent() && wanted > slots) {
            throw new RunException(
                    RunException.Fault.JOB,
                    "Cannot run train.replicas: " + wanted + " replicas: "
                            + spark.sparkContext().master() + " has "
                            + slots + " slots (expected at least " + wanted
                            + "; lower train.replicas, or give Spark more executor cores)");
        }
        if (slots == 0) {
            throw new RunException(
                    RunException.Fault.TRAINING,
                    "Cannot train: " + spark.sparkContext().master()
                            + " has given no executor (0 slots, expected at least 1)");
        }
        int replicas = Math.min(Math.min(wanted, slots), job.train().shards().orElse(Integer.MAX_VALUE));
        return new ShardAssignment(job.train().shards().orElse(replicas), replicas);
    }

    private static TrainingSpec training(JobConfig job, RowBinding binding) {
        return new TrainingSpec(
                binding.layout(),
                job.model(),
                job.loss(),
                job.optimizer(),
                job.train().synchronization(),
                job.metrics(),
                job.train().epochs(),
                job.train().batching(),
                job.seed(),
                job.checkpoint()
                        .map(config -> new CheckpointPolicy(config.everyIterations(), config.keep(), config.best()))
                        .orElse(CheckpointPolicy.NEVER),
                job.setup().stream().toList(),
                job.handlers());
    }

    /** Builds the network once on the driver: what is wrong with it is better said before any task starts. */
    private static Network network(TrainingSpec training) {
        Torch.start(1);
        try {
            training.setups();
            return training.network(Device.cpu());
        } catch (IllegalArgumentException e) {
            throw new RunException(RunException.Fault.JOB, e.getMessage(), e);
        } catch (RuntimeException | LinkageError e) {
            if (training.model() instanceof UserModel model) {
                throw new RunException(
                        RunException.Fault.JOB, "Cannot build the model: " + model.className() + " failed: " + e, e);
            }
            throw e;
        }
    }

    private Dataset<Row> rows(
            JobConfig job,
            RowBinding binding,
            ShardAssignment assignment,
            DatasetColumns columns,
            Dataset<Row> opened) {
        ShardedRows sharded = new ShardedRows(binding, assignment);
        if (job.data().validation().isEmpty()) {
            return sharded.of(columns, opened, Split.TRAINING);
        }
        ValidationConfig validation = job.data().validation().get();
        if (validation instanceof ValidationConfig.Split split) {
            return sharded.split(columns, opened, split.fraction());
        }
        ValidationConfig.Data own = (ValidationConfig.Data) validation;
        DatasetLocation location = new DatasetLocation(
                own.format(), own.paths(), own.options(), job.data().derive(), own.where());
        Dataset<Row> heldOut = location.open(spark);
        DatasetColumns heldOutColumns = new DatasetColumns(location.describe(), heldOut);
        RowBinding heldOutBinding = RowBinding.of(job, heldOutColumns);
        if (!heldOutBinding.layout().equals(binding.layout())) {
            throw new DataException("Cannot validate with " + location.describe() + ": its rows are "
                    + heldOutBinding.layout() + " (expected those of the training data: " + binding.layout() + ")");
        }
        ShardedRows heldOutRows = new ShardedRows(heldOutBinding, assignment);
        return sharded.of(columns, opened, Split.TRAINING)
                .union(heldOutRows.of(heldOutColumns, heldOut, Split.VALIDATION));
    }
}
