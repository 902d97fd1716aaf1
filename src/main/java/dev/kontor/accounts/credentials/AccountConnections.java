package dev.kontor.accounts.credentials;

import java.time.Clock;
import java.util.function.BiFunction;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.Connections;
import dev.kontor.accounts.register.Account;
import dev.kontor.accounts.register.AccountRegister;
import dev.kontor.accounts.register.AccountState;
import dev.kontor.marketplaces.Answer;
import dev.kontor.marketplaces.Connection;
import dev.kontor.marketplaces.Lane;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;

@Component
class AccountConnections implements Connections {

    private final AccountRegister register;
    private final OpenedCredentials opened;
    private final RenewalFlight flight;
    private final Deactivation deactivation;
    private final Marketplaces marketplaces;
    private final Clock clock;

    AccountConnections(
            AccountRegister register,
            OpenedCredentials opened,
            RenewalFlight flight,
            Deactivation deactivation,
            Marketplaces marketplaces,
            Clock clock) {
        this.register = register;
        this.opened = opened;
        this.flight = flight;
        this.deactivation = deactivation;
        this.marketplaces = marketplaces;
        this.clock = clock;
    }

    @Override
    public <T> Answer<T> call(AccountId account, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("a marketplace was to be called inside a transaction, for " + account);
        }
        var known =
                register.find(account).orElseThrow(() -> new IllegalStateException("there is no account " + account));
        var credentials = opened.find(account);
        if (known.state() != AccountState.ACTIVE || credentials.isEmpty()) {
            return inactive(known);
        }
        return new Call<>(marketplaces.get(known.marketplace()), lane, call).with(credentials.get());
    }

    private static <T> Answer<T> inactive(Account account) {
        return new Answer.Rejected<>("INACTIVE", "the account is " + account.state());
    }

    /** One call with its second try. */
    private final class Call<T> {

        private final Marketplace marketplace;
        private final Lane lane;
        private final BiFunction<Marketplace, Connection, Answer<T>> call;

        private Call(Marketplace marketplace, Lane lane, BiFunction<Marketplace, Connection, Answer<T>> call) {
            this.marketplace = marketplace;
            this.lane = lane;
            this.call = call;
        }

        private Answer<T> with(StoredCredentials credentials) {
            if (credentials.expiredAt(clock.instant())) {
                return withNewerThan(credentials);
            }
            var answer = send(credentials);
            return answer instanceof Answer.Unauthorized ? withNewerThan(credentials) : answer;
        }

        private Answer<T> withNewerThan(StoredCredentials refused) {
            return switch (flight.newerThan(refused.account(), refused.version())) {
                case Renewal.Renewed(var credentials) -> lastTry(credentials);
                case Renewal.Refused(var reason) -> new Answer.Unauthorized<>(reason);
                case Renewal.Gone() -> inactive(register.get(refused.account()));
                case Renewal.Failed failed -> failed.as();
            };
        }

        private Answer<T> lastTry(StoredCredentials credentials) {
            var startedAt = clock.instant();
            var answer = send(credentials);
            if (answer instanceof Answer.Unauthorized<T>(var reason)
                    && !deactivation.refuse(credentials, startedAt, reason)) {
                return new Answer.Unavailable<>("the credentials were renewed during the call");
            }
            return answer;
        }

        private Answer<T> send(StoredCredentials credentials) {
            return call.apply(
                    marketplace, new Connection(credentials.account().value(), credentials.credentials(), lane));
        }
    }
}
