package io.firesteel.engine.comm;

import java.nio.ByteBuffer;

/** Bytes, which are moved only. */
final class ByteElements implements Elements<ByteBuffer> {
    @Override
    public int bytes() {
        return 1;
    }

    @Override
    public ByteBuffer view(ByteBuffer wire) {
        return wire.slice();
    }

    @Override
    public void copy(ByteBuffer source, int from, ByteBuffer target, int at, int count) {
        target.put(at, source, from, count);
    }
}
