package dev.kontor.inventory.reading;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Accounts;
import dev.kontor.accounts.Accounts.AccountView;

/** One durable job per account, run by one Kontor at a time and taken over when that one dies. */
@Configuration(proxyBeanMethods = false)
class ListingReadingJob {

    private static final Duration AFTER_FAULT = Duration.ofMinutes(1);
    private static final int LATER_THAN_ORDERS = 5;

    @Bean
    Task<Void> inventoryListings(ListingReadingLoop loop, Accounts accounts, Clock clock) {
        return Tasks.custom(ListingReadingSchedule.TASK, Void.class)
                .defaultPriority(LATER_THAN_ORDERS)
                .onFailure((complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(AFTER_FAULT)))
                .onDeadExecutionRevive()
                .execute((instance, context) -> {
                    var account = accounts.find(new AccountId(UUID.fromString(instance.getId())))
                            .filter(AccountView::active);
                    return account.isEmpty() ? end() : again(loop, account.get());
                });
    }

    private static CompletionHandler<Void> end() {
        return (complete, operations) -> operations.remove();
    }

    private static CompletionHandler<Void> again(ListingReadingLoop loop, AccountView account) {
        var at = loop.turn(account);
        return (complete, operations) -> operations.reschedule(complete, at);
    }

    @Bean
    Task<Void> inventoryListingsWatch(ListingReadingSchedule schedule) {
        return schedule.watch();
    }
}
