package io.firesteel.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerTest {
    @Test
    void mergeWithEmptyLedgerChangesNothing() {
        Ledger ledger = of(3L, 5L);

        assertThat(ledger.merge(Ledger.EMPTY)).isEqualTo(ledger);
        assertThat(Ledger.EMPTY.merge(ledger)).isEqualTo(ledger);
    }

    @Test
    void mergeIsAssociativeAndCommutative() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            Ledger a = of(random.nextLong());
            Ledger b = of(random.nextLong(), random.nextLong());
            Ledger c = of(random.nextLong());
            assertThat(a.merge(b)).isEqualTo(b.merge(a));
            assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
        }
    }

    @Test
    void anyOrderAndDivisionOfTheSameRowsGivesTheSameLedger() {
        List<Long> hashes = new Random(2).longs(1000).boxed().toList();
        List<Long> shuffled = new java.util.ArrayList<>(hashes);
        Collections.shuffle(shuffled, new Random(3));

        Ledger parts =
                of(shuffled.subList(0, 1)).merge(of(shuffled.subList(1, 700))).merge(of(shuffled.subList(700, 1000)));

        assertThat(parts).isEqualTo(of(hashes));
    }

    @Test
    void aRowDroppedForARepeatOfAnotherIsSeenThoughTheCountIsRight() {
        for (long base : new long[] {0, 1, -1, Long.MIN_VALUE}) {
            Ledger all = of(base, base + 1, base + 2);
            assertThat(of(base, base + 1, base + 1)).isNotEqualTo(all);
            assertThat(of(base, base, base + 2)).isNotEqualTo(all);
            // The plain hashes of these add up to the same sum.
            assertThat(of(base + 1, base + 1, base + 1)).isNotEqualTo(all);
        }
        assertThat(of(0L)).isNotEqualTo(Ledger.EMPTY);
        assertThat(of(0L).hash()).isNotZero();
    }

    @Test
    void hashIsTheSumOfSplitMix64Outputs() {
        // The first outputs of SplitMix64 for the seeds 0 and 1234567, as its public reference code prints them.
        assertThat(of(0L).hex()).isEqualTo("e220a8397b1dcdaf");
        assertThat(of(1234567L).hash()).isEqualTo(6457827717110365317L);
        assertThat(of(0L, 1234567L).hash()).isEqualTo(0xE220A8397B1DCDAFL + 6457827717110365317L);
    }

    @Test
    void hexHasSixteenDigits() {
        assertThat(new Ledger(1, 10).hex()).isEqualTo("000000000000000a");
        assertThat(new Ledger(1, -1).hex()).isEqualTo("ffffffffffffffff");
    }

    @Test
    void counterAddsLedgersAndStartsAgainAfterReset() {
        LedgerCounter counter = new LedgerCounter();
        counter.add(of(1L, 2L));
        counter.add(3L);
        assertThat(counter.ledger()).isEqualTo(of(1L, 2L, 3L));

        counter.reset();
        assertThat(counter.ledger()).isEqualTo(Ledger.EMPTY);
    }

    @Test
    void survivesJavaSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(of(7L));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(of(7L));
        }
    }

    @Test
    void negativeRowsAreRefused() {
        assertThatThrownBy(() -> new Ledger(-1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid rows of a ledger: -1 (must be >= 0)");
    }

    private static Ledger of(Long... hashes) {
        return of(Arrays.asList(hashes));
    }

    private static Ledger of(List<Long> hashes) {
        LedgerCounter counter = new LedgerCounter();
        hashes.forEach(hash -> counter.add((long) hash));
        return counter.ledger();
    }
}
