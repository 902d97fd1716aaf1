package dev.kontor.notifications.settings;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.SettableClock;
import dev.kontor.access.Caller;
import dev.kontor.access.Role;
import dev.kontor.accounts.AccountId;
import dev.kontor.api.Forbidden;
import dev.kontor.api.InvalidField;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.NotificationsModuleTest;
import dev.kontor.notifications.Sellers;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.Upstream;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alerts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.operations.OrderSilence.Finding;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What people change while Kontor runs, and that it holds at once. */
@NotificationsModuleTest
class SettingsModuleTests {

    private static final Caller ADMINISTRATOR = Caller.person(UUID.randomUUID(), "Anna", Role.ADMINISTRATOR);
    private static final Caller MANAGER = Caller.person(UUID.randomUUID(), "Boris", Role.MANAGER);

    @Autowired
    Settings settings;

    @Autowired
    Raising raising;

    @Autowired
    Alerts alerts;

    @Autowired
    Sellers sellers;

    @Autowired
    Upstream upstream;

    @Autowired
    List<Live<?>> groups;

    @Autowired
    ConfigurableApplicationContext context;

    @Autowired
    SettableClock clock;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void asTheyWere() {
        jdbc.sql("update notifications.alert_settings set values = '{}', version = version + 1")
                .update();
    }

    private Settings.Setting named(String name) {
        return settings.all().settings().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void set(String name, String value) {
        var changes = new HashMap<String, String>();
        changes.put(name, value);
        settings.change(changes, ADMINISTRATOR, _ -> {});
    }

    private void tell(Object event) {
        transaction.executeWithoutResult(_ -> events.publishEvent(event));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from event_publication")
                        .query(Long.class)
                        .single())
                .isZero());
    }

    private List<Alert> about(AccountId account) {
        return alerts.list(new Alerts.Filter(null, null, null, account), null, 100);
    }

    private void differs(AccountId account) {
        tell(new QuantityDiffered(new ListingId(UUID.randomUUID()), account, 5, 9, clock.instant()));
    }

    @Test
    void aThresholdHoldsFromTheNextSignOnAndGoesBackToWhatTheProcessSays() {
        assertThat(named("rules.differing")).isEqualTo(new Settings.Setting("rules.differing", "3", "3", false));
        var account = sellers.open("One");
        differs(account);
        assertThat(about(account)).isEmpty();
        settings.change(Map.of("rules.differing", "2"), MANAGER, _ -> {});
        assertThat(named("rules.differing")).isEqualTo(new Settings.Setting("rules.differing", "2", "3", true));
        differs(account);
        assertThat(about(account)).hasSize(1);

        set("rules.differing", null);
        assertThat(named("rules.differing").changed()).isFalse();
        var other = sellers.open("Other");
        differs(other);
        differs(other);
        assertThat(about(other)).isEmpty();
    }

    @Test
    void howLongNobodyMayBuyIsSetAsWell() {
        var account = sellers.open("One");
        var now = clock.instant();
        var quiet = new Finding(Verdict.QUIET, now, true, now.minus(Duration.ofHours(50)), 41.3, 0, null);
        upstream.findings.put(account, quiet);
        tell(new SilenceJudged(account, Verdict.QUIET, now));
        assertThat(about(account)).isEmpty();
        set("rules.quiet", "2d");
        tell(new SilenceJudged(account, Verdict.QUIET, now));
        assertThat(about(account)).extracting(Alert::kind).containsExactly(AlertKind.ORDERS_SILENT);
    }

    /** Who takes them from the process alone never hears what people set. */
    @Test
    void nobodyTakesThemFromTheProcessAlone() {
        assertThat(groups).extracting(Live::type).hasSizeGreaterThanOrEqualTo(3).allSatisfy(type -> {
            var beans = context.getBeanNamesForType(type);
            assertThat(beans).hasSize(1);
            assertThat(context.getBeanFactory().getDependentBeans(beans[0]))
                    .filteredOn(context::containsBean)
                    .isEmpty();
        });
    }

    @Test
    void howBadAKindIsIsSetByAnAdministrator() {
        assertThat(named("alerts.severity.quantity-differs").value()).isNull();
        set("alerts.severity.quantity-differs", "CRITICAL");
        assertThat(named("alerts.severity.quantity-differs").value()).isEqualTo("critical");
        set("rules.differing", "1");
        var account = sellers.open("One");
        differs(account);
        assertThat(about(account)).singleElement().satisfies(alert -> {
            assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.escalateAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(15)));
        });
        assertThatThrownBy(() -> settings.change(Map.of("alerts.damping", "2h"), MANAGER, _ -> {}))
                .isInstanceOf(Forbidden.class);
        assertThat(named("alerts.damping").value()).isEqualTo("1h");
    }

    @Test
    void everyKindOfAlertAndEveryWayIsThere() {
        assertThat(settings.all().settings())
                .extracting(Settings.Setting::name)
                .contains(
                        "rules.failed-runs",
                        "alerts.severity.mail-undelivered",
                        "alerts.escalation.warning",
                        "alerts.keep",
                        "routes.telegram.least",
                        "routes.mail.without",
                        "routes.webhooks.least",
                        "routes.escalated")
                .doesNotHaveDuplicates();
        assertThat(named("routes.mail.roles").value()).isEqualTo("administrator,manager,viewer");
        assertThat(named("routes.mail.without").value()).isEmpty();
        set("routes.mail.without", "oversell, SYNC_FAILING");
        assertThat(named("routes.mail.without").value()).isEqualTo("oversell,sync-failing");
        set("routes.mail.without", "");
        assertThat(named("routes.mail.without").value()).isEmpty();
        set("rules.unverified", "90m");
        assertThat(named("rules.unverified").value()).isEqualTo("90m");
    }

    @ParameterizedTest
    @CsvSource({
        "rules.failed-runs, 0, at least 1",
        "rules.failed-runs, many, must be a number",
        "rules.failed-runs, 1000001, must be a number",
        "rules.failed-runs, 3 apples, must be a number",
        "rules.failed-runs, '', must be a number",
        "rules.silent, '', must be a time",
        "rules.silent, 30, must be a time",
        "routes.mail.least, '', must be one of",
        "alerts.severity.oversell, '', must be one of",
        "rules.silent, -5m, must be a time",
        "rules.silent, soon, must be a time",
        "rules.silent, 99999999d, must be a time",
        "alerts.severity.oversell, bad, 'must be one of info, warning, critical'",
        "routes.mail.roles, king, must be any of",
        "alerts.keep, 1h, at least one day",
        "alerts.severity, info, is no setting",
        "webhooks.timeout, 1s, is no setting",
        "rules.failed-runs, ${KONTOR_DATABASE_PASSWORD}, must be a number",
        "nothing, 1, is no setting"
    })
    void whatCannotBeIsNamedAndChangesNothing(String name, String value, String because) {
        var before = settings.all();
        assertThatThrownBy(
                        () -> settings.change(Map.of(name, value, "rules.partial-runs", "9"), ADMINISTRATOR, _ -> {}))
                .isInstanceOf(InvalidField.class)
                .hasMessageContaining(name + " ")
                .hasMessageContaining(because);
        assertThat(settings.all()).isEqualTo(before);
    }

    @Test
    void whatALaterVersionCannotUseIsLeftOutAndKeepsNothingElseFromHolding() {
        jdbc.sql("""
                        update notifications.alert_settings set version = version + 1,
                          values = '{"rules.failed-runs": "many", "rules.differing": "2", "rules.bygone": "1"}'""").update();
        assertThat(named("rules.failed-runs").value()).isEqualTo("3");
        assertThat(named("rules.differing").value()).isEqualTo("2");
        set("rules.failed-runs", "4");
        assertThat(named("rules.failed-runs").value()).isEqualTo("4");
    }
}
