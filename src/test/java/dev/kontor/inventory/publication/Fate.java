package dev.kontor.inventory.publication;

import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Lets Kontor die between any two steps: before and after a call, before and after a commit. */
class Fate implements BeanPostProcessor {

    /** What was under way ends here, as if the process had been killed. */
    static class Died extends Error {
        private static final long serialVersionUID = 1;

        Died() {
            super("killed", null, false, false);
        }
    }

    private final AtomicInteger steps = new AtomicInteger();

    /** @param left steps that are still taken */
    void strikes(int left) {
        steps.set(left);
    }

    void spares() {
        steps.set(0);
    }

    void step() {
        if (steps.get() > 0 && steps.decrementAndGet() == 0) {
            throw new Died();
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof PlatformTransactionManager manager ? new Mortal(manager) : bean;
    }

    private class Mortal implements PlatformTransactionManager {

        private final PlatformTransactionManager manager;

        Mortal(PlatformTransactionManager manager) {
            this.manager = manager;
        }

        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            return manager.getTransaction(definition);
        }

        @Override
        public void commit(TransactionStatus status) {
            boolean outermost = status.isNewTransaction();
            try {
                if (outermost) {
                    step();
                }
            } catch (Died died) {
                manager.rollback(status);
                throw died;
            }
            manager.commit(status);
            if (outermost) {
                step();
            }
        }

        @Override
        public void rollback(TransactionStatus status) {
            manager.rollback(status);
        }
    }
}
