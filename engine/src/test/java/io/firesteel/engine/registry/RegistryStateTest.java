package io.firesteel.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Changes worked out by hand, and a stack of the JDK's beside the one here. */
class RegistryStateTest {
    private static final String CHAMPION = "champion";

    @Test
    void versionsAreNumberedOnAndOn() {
        RegistryState state = versions(3);
        assertThat(state.number()).isEqualTo(3);
        assertThat(state.versions()).isEqualTo(new TreeMap<>(Map.of(1, "v1", 2, "v2", 3, "v3")));
        RegistryState pruned = state.without(List.of(3));
        assertThat(pruned.withVersion("next").versions().keySet()).containsExactly(1, 2, 4);
    }

    @Test
    void promotionNamesTheEntryThatItIs() {
        RegistryState state = versions(2).promoted(CHAMPION, 2);
        assertThat(state.alias(CHAMPION)).contains(new AliasState(2, 3, List.of()));
        assertThat(state.holder(CHAMPION)).hasValue(2);
        assertThat(state.holder("other")).isEmpty();
        assertThat(state.aliasesOf(2)).containsExactly(CHAMPION);
        assertThat(state.aliasesOf(1)).isEmpty();
    }

    @Test
    void rollingBackTwiceGoesFurtherBackAndNotWhereItCameFrom() {
        RegistryState state =
                versions(5).promoted(CHAMPION, 1).promoted(CHAMPION, 3).promoted(CHAMPION, 4);
        assertThat(state.rolledBack(CHAMPION).alias(CHAMPION)).contains(new AliasState(3, 9, List.of(1)));
        assertThat(state.rolledBack(CHAMPION).rolledBack(CHAMPION).holder(CHAMPION))
                .hasValue(1);
        RegistryState again = state.rolledBack(CHAMPION).promoted(CHAMPION, 5).rolledBack(CHAMPION);
        assertThat(again.holder(CHAMPION)).hasValue(3);
        assertThat(again.former(CHAMPION)).hasValue(1);
    }

    @Test
    void firstHolderCannotBeRolledBack() {
        RegistryState state = versions(1).promoted(CHAMPION, 1);
        assertThat(state.former(CHAMPION)).isEmpty();
        assertThatThrownBy(() -> state.rolledBack(CHAMPION))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot roll back champion: it has had no other holder");
    }

    @Test
    void promotingTheHolderAgainAddsNothingToGoBackTo() {
        RegistryState state =
                versions(2).promoted(CHAMPION, 1).promoted(CHAMPION, 2).promoted(CHAMPION, 2);
        assertThat(state.alias(CHAMPION)).contains(new AliasState(2, 5, List.of(1)));
    }

    @Test
    void mereNameLeavesWhereToGoBackToAsItIs() {
        RegistryState state =
                versions(3).promoted(CHAMPION, 1).promoted(CHAMPION, 2).assigned(CHAMPION, 3);
        assertThat(state.alias(CHAMPION)).contains(new AliasState(3, 6, List.of(1)));
        assertThat(versions(1).assigned("candidate", 1).alias("candidate")).contains(new AliasState(1, 2, List.of()));
    }

    @Test
    void refusalMovesNothing() {
        RegistryState state = versions(1).promoted(CHAMPION, 1);
        RegistryState after = state.unchanged();
        assertThat(after.number()).isEqualTo(3);
        assertThat(after.aliases()).isEqualTo(state.aliases());
    }

    /** 1, 3 and 5 were champions, 6 is it, 2 is the candidate; 7 and 8 are the newest. */
    @Test
    void neededVersionsAreNotSuperfluous() {
        RegistryState state = versions(8)
                .promoted(CHAMPION, 1)
                .promoted(CHAMPION, 3)
                .promoted(CHAMPION, 5)
                .promoted(CHAMPION, 6)
                .assigned("candidate", 2);
        assertThat(state.superfluous(1)).containsExactly(1, 3, 4, 7);
        assertThat(state.superfluous(2)).containsExactly(1, 4);
        assertThat(state.superfluous(100)).isEmpty();
        assertThatThrownBy(() -> state.superfluous(0)).hasMessage("Invalid keep: 0 (must be 1 or more)");
    }

    @Test
    void deletedVersionsAreNoLongerGoneBackTo() {
        RegistryState state =
                versions(3).promoted(CHAMPION, 1).promoted(CHAMPION, 2).promoted(CHAMPION, 3);
        RegistryState after = state.without(List.of(1));
        assertThat(after.alias(CHAMPION)).contains(new AliasState(3, 6, List.of(2)));
        assertThatThrownBy(() -> state.without(List.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid alias champion: version 3 isn't there (must be one of [1, 2])");
    }

    @Test
    void stateThatContradictsItselfIsRefused() {
        assertThatThrownBy(() -> new RegistryState(1, new TreeMap<>(), new TreeMap<>(Map.of(5, "v")), 4))
                .hasMessage("Invalid state after entry 1: versions [5] (must be from 1 to 4)");
        assertThatThrownBy(() -> new AliasState(0, 1, List.of()))
                .hasMessage("Invalid state of an alias: version 0 since entry 1 (both must be 1 or more)");
    }

    @Test
    void anyPlayOfPromotionsAndRollbacksIsAStack() {
        Random random = new Random(7);
        for (int play = 0; play < 50; play++) {
            RegistryState state = versions(9);
            Deque<Integer> expected = new ArrayDeque<>();
            for (int move = 0; move < 40; move++) {
                if (random.nextInt(3) > 0 || expected.size() < 2) {
                    int version = 1 + random.nextInt(9);
                    if (!Integer.valueOf(version).equals(expected.peekLast())) {
                        expected.addLast(version);
                    }
                    state = state.promoted(CHAMPION, version);
                } else {
                    expected.removeLast();
                    state = state.rolledBack(CHAMPION);
                }
                List<Integer> stack =
                        new ArrayList<>(state.alias(CHAMPION).orElseThrow().former());
                stack.add(state.holder(CHAMPION).getAsInt());
                assertThat(stack).containsExactlyElementsOf(expected);
            }
        }
    }

    private static RegistryState versions(int count) {
        RegistryState state = RegistryState.EMPTY;
        for (int version = 1; version <= count; version++) {
            state = state.withVersion("v" + version);
        }
        return state;
    }
}
