package io.firesteel.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerDrawsTest {
    private NDManager manager;
    private Supplier<NDList> drawing;
    private Supplier<NDList> plain;

    @BeforeEach
    void open() {
        Torch.start(1);
        manager = NDManager.newBaseManager();
        drawing = () -> new NDList(manager.randomUniform(0, 1, new Shape(3)));
        plain = () -> new NDList(manager.ones(new Shape(3)));
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whatIsDrawnDependsOnTheSeedAlone() {
        LayerDraws draws = LayerDraws.ofUser();
        draws.seed(7);
        NDArray first = draws.run(manager, drawing).get(0);
        assertThat(drawing.get()).hasSize(1);
        assertThat(draws.run(manager, drawing).get(0)).isEqualTo(first);
        draws.seed(8);
        assertThat(draws.run(manager, drawing).get(0)).isNotEqualTo(first);
        assertThat(draws.matter()).isTrue();
    }

    @Test
    void networkThatDrawsNothingIsLeftAloneAfterItsFirstPass() {
        LayerDraws draws = LayerDraws.ofUser();
        draws.seed(7);
        assertThat(draws.matter()).isTrue();
        draws.run(manager, plain);
        draws.seed(8);
        assertThat(draws.matter()).isFalse();
    }

    @Test
    void networkWithoutASeedIsLeftAlone() {
        assertThat(LayerDraws.ofUser().matter()).isFalse();
    }

    @Test
    void builtInModelsDrawNothing() {
        LayerDraws draws = LayerDraws.none();
        draws.seed(7);
        assertThat(draws.matter()).isFalse();
    }
}
