package io.firesteel.engine.comm;

import java.nio.ByteBuffer;

/** An exchange between some ranks of the world, which knows them by their positions, for a loop that knows all ranks. */
final class RosterExchange implements Exchange {
    private final Exchange exchange;
    private final Roster roster;
    private final OperationNumber operation;

    RosterExchange(Exchange exchange, Roster roster, OperationNumber operation) {
        this.exchange = exchange;
        this.roster = roster;
        this.operation = operation;
    }

    @Override
    public boolean sendsTo(int rank) {
        int peer = roster.positionOf(rank);
        return peer >= 0 && exchange.sendsTo(peer);
    }

    @Override
    public boolean receivesFrom(int rank) {
        int peer = roster.positionOf(rank);
        return peer >= 0 && exchange.receivesFrom(peer);
    }

    @Override
    public boolean awaits(int rank) {
        int peer = roster.positionOf(rank);
        return peer >= 0 && exchange.awaits(peer);
    }

    @Override
    public Frame frameTo(int rank) {
        int peer = roster.positionOf(rank);
        return peer >= 0 ? exchange.frameTo(peer) : operation.frame(0, 0, 0);
    }

    @Override
    public void fill(int rank, long offset, ByteBuffer target) {
        exchange.fill(roster.positionOf(rank), offset, target);
    }

    @Override
    public void accept(int rank, Frame frame) throws Fault {
        try {
            exchange.accept(roster.positionOf(rank), frame);
        } catch (Fault fault) {
            throw of(rank, fault);
        }
    }

    @Override
    public void drain(int rank, long offset, ByteBuffer payload) throws Fault {
        try {
            exchange.drain(roster.positionOf(rank), offset, payload);
        } catch (Fault fault) {
            throw of(rank, fault);
        }
    }

    private static Fault of(int rank, Fault fault) {
        return new Fault(fault.kind(), rank, fault.getMessage(), fault.getCause());
    }

    @Override
    public void finish() {
        exchange.finish();
    }
}
