package io.firesteel.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasChangeTest {
    @Test
    void isSaidInTheLogAsItWasAsked() {
        AliasChange change = AliasChange.of(5, "champion", "better").withKey("2016-03-01/decision");
        assertThat(Change.of(
                        Action.PROMOTE, change.withDetails(Map.of("interval", List.of(0.1, 0.2))), OptionalInt.of(3)))
                .satisfies(said -> {
                    assertThat(said.action()).isEqualTo(Action.PROMOTE);
                    assertThat(said.version()).hasValue(5);
                    assertThat(said.alias()).contains("champion");
                    assertThat(said.previous()).hasValue(3);
                    assertThat(said.key()).contains("2016-03-01/decision");
                    assertThat(said.details()).containsEntry("interval", List.of(0.1, 0.2));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5th", "a b", "../x", "über"})
    void aliasIsNoNumberAndNoPath(String alias) {
        assertThatThrownBy(() -> AliasChange.of(1, alias, "why"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid alias: " + alias
                        + " (must be a letter and up to 63 letters, digits, dots, hyphens or underscores)");
    }

    @Test
    void versionAndReasonAreNeeded() {
        assertThatThrownBy(() -> AliasChange.of(0, "a", "why")).hasMessage("Invalid version: 0 (must be 1 or more)");
        assertThatThrownBy(() -> AliasChange.of(1, "a", " ")).hasMessage("Invalid reason: blank (must say why)");
    }

    @Test
    void detailsAreThoseThatJsonHas() {
        assertThatThrownBy(() -> AliasChange.of(1, "a", "why").withDetails(Map.of("x", Map.of("y", Double.NaN))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Invalid detail x.y: NaN (must be text, a finite number, a boolean, a list, a map or null)");
        List<Object> list = new ArrayList<>(List.of(1));
        AliasChange change = AliasChange.of(1, "a", "why").withDetails(Map.of("x", list));
        list.add(2);
        assertThat(change.details()).containsEntry("x", List.of(1));
    }

    @Test
    void actionsAreKnownByTheirWords() {
        for (Action action : Action.values()) {
            assertThat(Action.of(action.label())).isEqualTo(action);
        }
        assertThatThrownBy(() -> Action.of("dismiss"))
                .hasMessage("Invalid action: dismiss"
                        + " (must be one of register, promote, refuse, rollback, alias, delete)");
    }
}
