package io.firesteel.engine.metric.ranking;

import io.firesteel.engine.metric.MetricInput;
import io.firesteel.engine.metric.MetricState;
import io.firesteel.engine.metric.StateInput;
import io.firesteel.engine.metric.StateOutput;
import io.firesteel.engine.metric.distribution.Distributions;
import java.util.Map;
import java.util.TreeMap;

/** Scores and labels of each group. Grows with the groups: of each, rows up to a number and a histogram above. */
final class GroupScores implements MetricState<GroupScores> {
    private final int exactRows;
    private final Map<String, Distributions> groups = new TreeMap<>();
    private long rows;

    GroupScores(int exactRows) {
        this.exactRows = exactRows;
    }

    void add(MetricInput input) {
        for (int row = 0; row < input.rows(); row++) {
            Distributions group = groups.computeIfAbsent(input.group(row), name -> {
                Distributions made = new Distributions(exactRows);
                made.shape(1, Scores.LANES);
                return made;
            });
            group.add(0, input.score(row), Scores.binaryLane(input, row), input.weight(row));
            group.count(1);
        }
        rows += input.rows();
    }

    /** In the order of their names. */
    Map<String, Distributions> groups() {
        return groups;
    }

    @Override
    public GroupScores plus(GroupScores other) {
        GroupScores merged = new GroupScores(exactRows);
        groups.forEach((name, group) -> merged.merge(name, group));
        other.groups.forEach((name, group) -> merged.merge(name, group));
        merged.rows = Math.addExact(rows, other.rows);
        return merged;
    }

    private void merge(String name, Distributions group) {
        Distributions before = groups.get(name);
        groups.put(name, (before == null ? new Distributions(exactRows) : before).plus(group));
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void write(StateOutput output) {
        output.writeLong(rows);
        output.writeInt(groups.size());
        groups.forEach((name, group) -> {
            output.writeText(name);
            group.write(output);
        });
    }

    static GroupScores read(int exactRows, StateInput input) {
        GroupScores read = new GroupScores(exactRows);
        read.rows = input.readLong();
        int count = input.readCount(Integer.BYTES);
        for (int i = 0; i < count; i++) {
            read.groups.put(input.readText(), Distributions.read(exactRows, input));
        }
        return read;
    }
}
