package dev.kontor.accounts;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.transaction.event.TransactionalEventListener;

/** What the module announced and committed. */
public class CommittedEvents {

    private final List<Object> events = new CopyOnWriteArrayList<>();

    private volatile @Nullable Class<?> failing;

    /** The transaction that announces the next event of this type is undone. */
    public void failNext(Class<?> type) {
        failing = type;
    }

    @EventListener
    void fail(Object event) {
        var type = failing;
        if (type != null && type.isInstance(event)) {
            failing = null;
            throw new IllegalStateException("Kontor dies here");
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

    public List<AccountActivated> activations(AccountId account) {
        return of(AccountActivated.class)
                .filter(it -> it.account().equals(account))
                .toList();
    }

    public List<AccountDeactivated> deactivations(AccountId account) {
        return of(AccountDeactivated.class)
                .filter(it -> it.account().equals(account))
                .toList();
    }

    public List<RunFinished> runs(AccountId account) {
        return of(RunFinished.class).filter(it -> it.account().equals(account)).toList();
    }

    private <T> Stream<T> of(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }
}
