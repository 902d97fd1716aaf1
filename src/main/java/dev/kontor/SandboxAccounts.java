package dev.kontor;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

import dev.kontor.accounts.ConnectAccount;
import dev.kontor.accounts.Enrolment;
import dev.kontor.accounts.Enrolment.Outcome;
import dev.kontor.accounts.EnteredCredentials;
import dev.kontor.marketplaces.EnteredAuthorization;
import dev.kontor.marketplaces.EnteredAuthorization.Field;
import dev.kontor.marketplaces.Marketplace;
import dev.kontor.marketplaces.Marketplaces;

/** With the sandbox comes a seller on each marketplace, connected as a real one would be: by his own confirmation. */
@Component
@ConditionalOnBooleanProperty("kontor.sandbox.in-force") // never against a marketplace that the user named
class SandboxAccounts {

    private static final Logger log = LoggerFactory.getLogger(SandboxAccounts.class);
    private static final UUID OWNER = new UUID(0, 1);

    private final Marketplaces marketplaces;
    private final Enrolment enrolment;
    private final Environment environment;

    SandboxAccounts(Marketplaces marketplaces, Enrolment enrolment, Environment environment) {
        this.marketplaces = marketplaces;
        this.enrolment = enrolment;
        this.environment = environment;
    }

    /** The request key makes it one account, however often Kontor starts. */
    @EventListener(ApplicationReadyEvent.class)
    public void connect() {
        marketplaces.all().forEach(this::connect);
    }

    private void connect(Marketplace marketplace) {
        var name = marketplace.displayName() + " (sandbox)";
        var outcome = enrolment.connect(new ConnectAccount(
                name, marketplace.code(), OWNER, entered(marketplace), "sandbox-" + marketplace.code()));
        switch (outcome) {
            case Outcome.Begun(var account, var confirmation)
            when confirmation != null ->
                log.info(
                        "{}: the simulated seller confirms by himself in a few seconds, or you do at {}",
                        name,
                        confirmation.link());
            case Outcome.Begun begun -> log.info("{}: connected as account {}", name, begun.account());
            case Outcome.Failed failed -> log.warn("{} could not be connected: {}", name, failed);
        }
    }

    private static Set<String> secrets(EnteredAuthorization way) {
        return way.fields().stream().filter(Field::secret).map(Field::name).collect(Collectors.toSet());
    }

    /** What the simulated seller enters where there is no code to confirm. */
    private @Nullable EnteredCredentials entered(Marketplace marketplace) {
        var entries = Binder.get(environment)
                .bind("kontor.sandbox.entries." + marketplace.code(), Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
        return marketplace.authorizations().stream()
                .filter(EnteredAuthorization.class::isInstance)
                .map(EnteredAuthorization.class::cast)
                .filter(way -> way.fields().stream().allMatch(field -> entries.containsKey(field.name())))
                .findFirst()
                .map(way -> new EnteredCredentials(way.kind(), entries, secrets(way)))
                .orElse(null);
    }
}
