package io.firesteel.spark.barrier;

import ai.djl.Device;
import io.firesteel.engine.comm.PeerListener;
import io.firesteel.engine.comm.Secret;
import io.firesteel.spark.config.DeviceChoice;
import io.firesteel.spark.coordinator.Member;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.resource.ResourceInformation;

/** What Spark gives to a task: an address, a device, local disk, a share of the executor's memory and cores. */
final class TaskHost {
    /** Of the heap; the rest is Spark's (execution and storage) and the run's own. */
    private static final double SHARE_FOR_ROWS = 0.3;

    private final TaskContext context;
    private final SparkEnv environment = SparkEnv.get();

    private TaskHost(TaskContext context) {
        this.context = context;
    }

    static TaskHost of(TaskContext context) {
        return new TaskHost(context);
    }

    /** The host by the name under which Spark knows this executor. */
    String name() {
        return environment.blockManager().blockManagerId().host();
    }

    /** How this executor and its peers protect what they exchange. */
    LinkSecurity security(Secret runSecret) {
        return LinkSecurity.of(environment.securityManager(), runSecret);
    }

    /** Cores that Spark reserved for this task. */
    int threads() {
        return Math.max(1, context.cpus());
    }

    /** Heap that this task's rows may take, beside the other tasks of the executor. */
    long memoryForRows() {
        int cores = environment
                .conf()
                .getInt("spark.executor.cores", Runtime.getRuntime().availableProcessors());
        int tasks = Math.max(1, cores / threads());
        return (long) (Runtime.getRuntime().maxMemory() * SHARE_FOR_ROWS / tasks);
    }

    /** A directory of Spark's on a local disk, deleted when the application ends. */
    Path spillDirectory() {
        return environment.blockManager().diskBlockManager().localDirs()[0].toPath();
    }

    /** Settings of file systems, those among Spark's own included. */
    Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(environment.conf());
    }

    /** Listens where Spark says that this executor can be reached; where that isn't an address of the machine, on all. */
    PeerListener listen() throws IOException {
        try {
            return PeerListener.open(InetAddress.getByName(name()));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof BindException) {
                return PeerListener.open(new InetSocketAddress(0).getAddress());
            }
            throw e;
        }
    }

    /** A rank on this host as the others need to know it. */
    Member member(int rank, PeerListener listener, String device, List<Member.Shard> shards) {
        InetSocketAddress address = listener.address();
        return new Member(rank, name(), address.getAddress().getHostAddress(), address.getPort(), device, shards);
    }

    /** The address at which a member is dialled. */
    io.firesteel.engine.comm.Member peer(Member member) {
        try {
            InetAddress listening = InetAddress.getByName(member.address());
            InetAddress dialled = listening.isAnyLocalAddress() ? InetAddress.getByName(member.host()) : listening;
            return new io.firesteel.engine.comm.Member(member.host(), new InetSocketAddress(dialled, member.port()));
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(
                    "Cannot reach rank " + member.rank() + ": host " + member.host() + " is unknown here", e);
        }
    }

    /** The device that the job asks for: a GPU is one that Spark assigned to this task, never one merely seen. */
    Device device(DeviceChoice choice) {
        ResourceInformation gpu = context.resourcesJMap().get("gpu");
        boolean assigned = gpu != null && gpu.addresses().length > 0;
        if (choice == DeviceChoice.GPU && !assigned) {
            throw new IllegalStateException("Cannot train on a GPU: Spark assigned none to the task on " + name()
                    + " (set spark.task.resource.gpu.amount, or train.device: auto)");
        }
        return choice == DeviceChoice.CPU || !assigned
                ? Device.cpu()
                : Device.gpu(Integer.parseInt(gpu.addresses()[0].strip()));
    }

    /** As the report names a device. */
    String describe(Device device) {
        return device.isGpu() ? "gpu(" + device.getDeviceId() + ")" : "cpu";
    }
}
