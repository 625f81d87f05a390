package io.firesteel.spark.evaluate;

import io.firesteel.engine.metric.MetricValue;
import io.firesteel.engine.metric.set.MetricResults;
import io.firesteel.engine.metric.set.MetricSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Merges the metric states of partitions in their order: on the driver, or, where partitions are many, neighbours first on executors.
 * The same partitions give the same bits.
 *
 * @param metrics entries of a {@link MetricSet}
 * @param parameters that hold for all of them
 * @param known own names of metrics that needn't be folded
 */
record StateMerge(List<String> metrics, Map<String, String> parameters, Set<String> known) implements Serializable {
    /** More partitions than these are merged by neighbours first. */
    static final int FEW = 16;

    StateMerge {
        metrics = List.copyOf(metrics);
        parameters = Map.copyOf(parameters);
        known = Set.copyOf(known);
    }

    /**
     * The states of all rows.
     *
     * @param folded what {@link #toBytes} gave for each partition, in their order
     */
    CountedStates merge(JavaRDD<byte[]> folded) {
        int partitions = folded.getNumPartitions();
        JavaPairRDD<Integer, byte[]> states =
                folded.mapPartitionsWithIndex(StateMerge::numbered, true).mapToPair(pair -> pair);
        if (partitions > FEW) {
            int groups = (int) Math.ceil(Math.sqrt(partitions));
            states = states.partitionBy(new Neighbours(partitions, groups)).mapPartitionsToPair(this::merged, true);
        }
        return merge(new ArrayList<>(states.collect()));
    }

    private static Iterator<Tuple2<Integer, byte[]>> numbered(Integer index, Iterator<byte[]> states) {
        List<Tuple2<Integer, byte[]>> numbered = new ArrayList<>();
        states.forEachRemaining(bytes -> numbered.add(new Tuple2<>(index, bytes)));
        return numbered.iterator();
    }

    private Iterator<Tuple2<Integer, byte[]>> merged(Iterator<Tuple2<Integer, byte[]>> states) {
        List<Tuple2<Integer, byte[]>> neighbours = new ArrayList<>();
        states.forEachRemaining(neighbours::add);
        if (neighbours.isEmpty()) {
            return neighbours.iterator();
        }
        Integer first =
                neighbours.stream().map(Tuple2::_1).min(Integer::compare).get();
        return List.of(new Tuple2<>(first, toBytes(merge(neighbours)))).iterator();
    }

    private CountedStates merge(List<Tuple2<Integer, byte[]>> states) {
        CountedStates merged = zero();
        states.sort(Comparator.comparing(Tuple2::_1));
        for (Tuple2<Integer, byte[]> next : states) {
            merged.add(fromBytes(next._2()));
        }
        return merged;
    }

    /** States of no rows. */
    CountedStates zero() {
        return new CountedStates(set().zero(), 0);
    }

    /** What is folded; what is known has no value here. */
    MetricSet set() {
        Map<String, MetricValue> values = new LinkedHashMap<>();
        known.forEach(name -> values.put(name, MetricValue.of(Double.NaN)));
        return MetricSet.with(metrics, parameters).knowing(new MetricResults(values, Map.of()));
    }

    /** States as an executor sends them. */
    static byte[] toBytes(CountedStates folded) {
        Map<String, byte[]> states = folded.states().toBytes();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(folded.rows());
            out.writeInt(states.size());
            for (Map.Entry<String, byte[]> state : states.entrySet()) {
                out.writeUTF(state.getKey());
                out.writeInt(state.getValue().length);
                out.write(state.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private CountedStates fromBytes(byte[] bytes) {
        Map<String, byte[]> states = new LinkedHashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long rows = in.readLong();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                states.put(name, in.readNBytes(in.readInt()));
            }
            return new CountedStates(set().fromBytes(states), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts partitions that follow each other together. */
    private static final class Neighbours extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;
        private final int groups;

        Neighbours(int partitions, int groups) {
            this.partitions = partitions;
            this.groups = groups;
        }

        @Override
        public int numPartitions() {
            return groups;
        }

        @Override
        public int getPartition(Object key) {
            return (int) ((long) (Integer) key * groups / partitions);
        }
    }
}
