package io.firesteel.engine.comm;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Connects one rank to all others: dials the lower ranks and lets the higher ones in, all at once on one thread. */
final class Mesh {
    private final Group group;
    private final Selector selector;
    private final Doorkeeper door;
    private final List<Dialler> diallers = new ArrayList<>();
    private final PeerChannel[] connected;
    private final WaitGuard guard;

    private Mesh(Group group, ServerSocketChannel server, Selector selector) {
        this.group = group;
        this.selector = selector;
        connected = new PeerChannel[group.worldSize()];
        guard = new WaitGuard(group.options().cancellation());
        Credentials credentials = new Credentials(group);
        door = new Doorkeeper(server, group, credentials, selector, rank -> connected[rank] != null);
        for (int rank = 0; rank < group.rank(); rank++) {
            diallers.add(new Dialler(rank, group, credentials, selector));
        }
    }

    /** The connections to all peers; nothing stays open if there is no result. The server stays the caller's. */
    static Connections connect(Group group, ServerSocketChannel server) throws IOException, Fault {
        Selector selector = Selector.open();
        Mesh mesh = new Mesh(group, server, selector);
        boolean complete = false;
        try {
            SelectionKey accepting = server.register(selector, SelectionKey.OP_ACCEPT);
            mesh.connectAll();
            accepting.cancel();
            mesh.closeUndecided();
            // A closed channel keeps its descriptor until its selector has looked again.
            selector.selectNow();
            complete = true;
            return new Connections(mesh.peers(), selector);
        } finally {
            if (!complete) {
                mesh.closeUndecided();
                new Connections(mesh.peers(), selector).close();
            }
        }
    }

    private void closeUndecided() {
        door.close();
        diallers.forEach(Dialler::close);
    }

    private List<PeerChannel> peers() {
        return Arrays.stream(connected).filter(Objects::nonNull).toList();
    }

    private void connectAll() throws IOException, Fault {
        long begin = System.nanoTime();
        long deadlineNanos = group.options().connectDeadline().toNanos();
        while (peers().size() < group.worldSize() - 1) {
            long now = System.nanoTime();
            guard.check(now);
            if (!pass(now)) {
                if (now - begin > deadlineNanos) {
                    throw late();
                }
                selector.select(WaitGuard.PERIOD_MILLIS);
                selector.selectedKeys().clear();
            }
        }
    }

    /** True if a peer was connected, in which case there may be more to do at once. */
    private boolean pass(long now) throws IOException, Fault {
        for (PeerChannel peer : peers()) {
            peer.watch();
            peer.sleepWatching();
        }
        boolean progress = false;
        for (Iterator<Dialler> all = diallers.iterator(); all.hasNext(); ) {
            Dialler dialler = all.next();
            Optional<Link> link = dialler.advance(now);
            if (link.isPresent()) {
                add(link.get());
                all.remove();
                progress = true;
            }
        }
        Optional<Link> guest = door.advance(now);
        guest.ifPresent(this::add);
        return progress || guest.isPresent();
    }

    private void add(Link link) {
        Wire wire = link.wire(link.channel().keyFor(selector), group.options());
        connected[link.peer()] = new PeerChannel(group.rank(), link.peer(), wire);
    }

    private Fault late() {
        List<Integer> missing = IntStream.range(0, group.worldSize())
                .filter(rank -> rank != group.rank() && connected[rank] == null)
                .boxed()
                .toList();
        int first = missing.get(0);
        String why = diallers.stream()
                .filter(dialler -> dialler.rank() == first)
                .map(dialler -> "could not be reached: " + dialler.lastProblem())
                .findFirst()
                .orElse("did not connect");
        String all = missing.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Fault(
                CommunicationException.Kind.DEADLINE, first, why + "; missing ranks: " + all + door.refusals());
    }
}
