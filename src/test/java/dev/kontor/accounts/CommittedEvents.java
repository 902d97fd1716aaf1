package dev.kontor.accounts;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

/** What the module announced and committed. */
public class CommittedEvents {

    private final List<Object> events = new CopyOnWriteArrayList<>();

    private record Interruption(Class<?> type, Runnable action) {}

    private final AtomicReference<@Nullable Interruption> interruption = new AtomicReference<>();

    /** The transaction that announces the next event of this type is undone. */
    public void failNext(Class<?> type) {
        duringNext(type, () -> {
            throw new IllegalStateException("Kontor dies here");
        });
    }

    /** Something happens after the next event of this type was announced, before its transaction commits. */
    public void duringNext(Class<?> type, Runnable action) {
        interruption.set(new Interruption(type, action));
    }

    @EventListener
    void interrupt(Object event) {
        var next = interruption.get();
        if (next != null && next.type().isInstance(event) && interruption.compareAndSet(next, null)) {
            next.action().run();
        }
    }

    @TransactionalEventListener
    void on(AccountActivated event) {
        events.add(event);
    }

    @TransactionalEventListener
    void on(AccountDeactivated event) {
        events.add(event);
    }

    @TransactionalEventListener
    void on(RunFinished event) {
        events.add(event);
    }

    @TransactionalEventListener
    void on(HintReceived event) {
        events.add(event);
    }

    @TransactionalEventListener
    void on(RotationAnnounced event) {
        events.add(event);
    }

    @TransactionalEventListener
    void on(RotationSettled event) {
        events.add(event);
    }

    public List<RotationSettled> settled(UUID id) {
        return of(RotationSettled.class).filter(it -> id.equals(it.id())).toList();
    }

    public List<RotationAnnounced> rotations(UUID id) {
        return of(RotationAnnounced.class).filter(it -> id.equals(it.id())).toList();
    }

    public List<HintReceived> hints(AccountId account) {
        return of(HintReceived.class).filter(it -> account.equals(it.account())).toList();
    }

    public List<AccountActivated> activations(AccountId account) {
        return of(AccountActivated.class)
                .filter(it -> account.equals(it.account()))
                .toList();
    }

    public List<AccountDeactivated> deactivations(AccountId account) {
        return of(AccountDeactivated.class)
                .filter(it -> account.equals(it.account()))
                .toList();
    }

    public List<RunFinished> runs(AccountId account) {
        return of(RunFinished.class).filter(it -> account.equals(it.account())).toList();
    }

    private <T> Stream<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
