package io.firesteel.spark.barrier;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Tells once when Spark submits a barrier stage: the rows are read by then, and its tasks should start. */
public final class StageStart extends SparkListener {
    private final Runnable action;
    private final AtomicBoolean seen = new AtomicBoolean();

    /** @param action what to do; it must not block */
    public StageStart(Runnable action) {
        this.action = action;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        boolean barrier = CollectionConverters.asJava(submitted.stageInfo().rddInfos()).stream()
                .anyMatch(RDDInfo::isBarrier);
        if (barrier && seen.compareAndSet(false, true)) {
            action.run();
        }
    }
}
