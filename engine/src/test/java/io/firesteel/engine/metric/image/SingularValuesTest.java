package io.firesteel.engine.metric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SingularValuesTest {
    @Test
    void diagonalHasItsOwnSizes() {
        assertThat(SingularValues.sum(new double[][] {{3, 0, 0}, {0, -2, 0}, {0, 0, 0}}))
                .isCloseTo(5, within(1e-15));
    }

    /** Eigenvalues 45 and 5 of A'A. */
    @Test
    void twoByTwoIsThatByHand() {
        double expected = Math.sqrt(45) + Math.sqrt(5);
        assertThat(SingularValues.sum(new double[][] {{3, 0}, {4, 5}})).isCloseTo(expected, within(1e-14));
    }

    @Test
    void wideAndTallHaveTheSameSum() {
        double[][] wide = {{1, 2, 3, 4}, {-1, 0, 5, 2}};
        double[][] tall = {{1, -1}, {2, 0}, {3, 5}, {4, 2}};
        assertThat(SingularValues.sum(wide)).isCloseTo(SingularValues.sum(tall), within(1e-13));
    }

    @Test
    void rankOneIsTheProductOfLengths() {
        double[][] matrix = {{3, 4}, {6, 8}, {6, 8}};
        assertThat(SingularValues.sum(matrix)).isCloseTo(15, within(1e-13));
        assertThat(matrix[0]).containsExactly(3, 4);
    }

    @Test
    void nothingAndZerosHaveNone() {
        assertThat(SingularValues.sum(new double[0][])).isZero();
        assertThat(SingularValues.sum(new double[2][0])).isZero();
        assertThat(SingularValues.sum(new double[3][2])).isZero();
    }

    /** Reflections and scaling, of which the sum is known. */
    @Test
    void sizeDoesNotMatter() {
        for (double scale : new double[] {1e-150, 1e-8, 1, 1e140}) {
            assertThat(SingularValues.sum(new double[][] {{0, scale}, {3 * scale, 0}}) / scale)
                    .isCloseTo(4, within(1e-14));
        }
    }

    /** A root of any rank gives its matrix again. */
    @Test
    void rootOfASemidefiniteMatrixHasItsTrace() {
        Random random = new Random(5);
        for (int rank = 1; rank <= 6; rank++) {
            Moments moments = new Moments(6);
            for (int row = 0; row <= rank; row++) {
                moments.add(random.doubles(6).toArray(), 1);
            }
            CovarianceRoot root = new CovarianceRoot(6, moments.covariance());
            double[][] square = root.times(root);
            assertThat(square.length).isEqualTo(rank);
            double trace = 0;
            for (int i = 0; i < rank; i++) {
                trace += square[i][i];
            }
            assertThat(trace).isCloseTo(moments.variance(), within(1e-14));
        }
    }
}
