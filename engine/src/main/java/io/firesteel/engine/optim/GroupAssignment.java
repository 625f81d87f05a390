package io.firesteel.engine.optim;

import java.util.List;

/** Which group each parameter belongs to: the first that its name fits. */
final class GroupAssignment {
    private final int[] groups;

    /** @throws IllegalArgumentException if a group fits none of the parameters */
    GroupAssignment(List<ParameterGroup> groups, List<String> names) {
        groups.forEach(group -> check(group, names));
        this.groups = names.stream().mapToInt(name -> first(groups, name)).toArray();
    }

    /** The group's index; the number of groups for a parameter that belongs to none. */
    int of(int parameter) {
        return groups[parameter];
    }

    private static int first(List<ParameterGroup> groups, String name) {
        int index = 0;
        while (index < groups.size() && !groups.get(index).matches(name)) {
            index++;
        }
        return index;
    }

    private static void check(ParameterGroup group, List<String> names) {
        if (names.stream().noneMatch(group::matches)) {
            throw new IllegalArgumentException("Cannot group parameters: none is called " + group.parameters()
                    + " (expected a name or pattern out of " + String.join(", ", names) + ")");
        }
    }
}
