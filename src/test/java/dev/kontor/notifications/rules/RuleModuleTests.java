package dev.kontor.notifications.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import dev.kontor.access.ApiKeyExpiryAnnounced;
import dev.kontor.access.ApiKeyExpirySettled;
import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.RotationAnnounced;
import dev.kontor.accounts.RotationSettled;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.audit.AuditChainVerified;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.inventory.UnfollowedOrders.Unfollowed;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.Severity;
import dev.kontor.notifications.alerts.Alert;
import dev.kontor.notifications.alerts.Alert.State;
import dev.kontor.operations.OrderSilence.Finding;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;
import dev.kontor.orders.CertificateGapsChanged;
import dev.kontor.orders.DatabaseFailed;
import dev.kontor.orders.FeedWindowUsed;
import dev.kontor.orders.FeedWindowUsed.Level;
import dev.kontor.privacy.RetentionMissed;

import static org.assertj.core.api.Assertions.assertThat;

/** Each cause from its first sign to its end. */
class RuleModuleTests extends RuleFixture {

    private void assertOpen(AlertKind kind, Severity severity, String... said) {
        assertOpen(alert(), kind, severity, said);
    }

    private void assertOpen(Alert alert, AlertKind kind, Severity severity, String... said) {
        assertThat(alert.kind()).isEqualTo(kind);
        assertThat(alert.severity()).isEqualTo(severity);
        assertThat(alert.state()).isEqualTo(State.OPEN);
        assertThat(said(alert)).contains(said).doesNotContain("?", "{");
    }

    private void assertGone() {
        assertThat(alert().state()).isEqualTo(State.RESOLVED);
    }

    // Loops

    @Test
    void aLoopThatStandsStill() {
        upstream.loops.put(account, Map.of("feed", Duration.ofMinutes(1), "listings", Duration.ofMinutes(15)));
        tell(new AccountActivated(account, new MarketplaceCode("fake"), clock.instant()));
        look();
        pass(Duration.ofMinutes(2));
        assertThat(all()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertOpen(AlertKind.SYNC_SILENT, Severity.CRITICAL, "Cups on Fake: the reading of new orders stands still");
        pass(Duration.ofMinutes(41));
        assertThat(all()).as("three of its intervals").hasSize(1);
        pass(Duration.ofMinutes(1));
        assertThat(all()).hasSize(2);
        assertThat(all().getFirst().severity()).isEqualTo(Severity.WARNING);

        tell(run("feed", Status.FAILED, null));
        tell(run("listings", Status.SUCCESS, null));
        look();
        assertThat(all()).extracting(Alert::state).containsOnly(State.RESOLVED);
    }

    /** Somebody looks every minute. */
    private void pass(Duration duration) {
        for (long minute = 0; minute < duration.toMinutes(); minute++) {
            clock.advance(Duration.ofMinutes(1));
            look();
        }
    }

    private RunFinished run(String loop, Status status, Instant heldUntil) {
        var now = clock.instant();
        return new RunFinished(UUID.randomUUID(), account, loop, status, 0, 0, Map.of(), now, now, null, heldUntil);
    }

    @Test
    void theTimeWhileKontorDidNotRunCountsNotAsSilence() {
        upstream.loops.put(account, Map.of("feed", Duration.ofMinutes(1)));
        tell(run("feed", Status.SUCCESS, null));
        look();
        clock.advance(Duration.ofHours(9));
        look();
        pass(Duration.ofMinutes(2));
        assertThat(all()).isEmpty();

        pass(Duration.ofMinutes(1));
        assertThat(all()).as("it does not come back").hasSize(1);
    }

    @Test
    void anAccountThatIsPausedIsNotSilent() {
        upstream.loops.put(account, Map.of("feed", Duration.ofMinutes(1)));
        look();
        pass(Duration.ofMinutes(6));
        assertThat(alert().state()).isEqualTo(State.OPEN);

        sellers.stop(account);
        tell(new AccountDeactivated(account, Reason.PAUSED, clock.instant()));
        assertGone();
        pass(Duration.ofMinutes(30));
        assertGone();

        sellers.resume(account);
        tell(new AccountActivated(account, new MarketplaceCode("fake"), clock.instant()));
        pass(Duration.ofMinutes(2));
        assertGone();
    }

    @Test
    void aFeedThatHasMuchToCatchUpOnIsNotSilent() {
        upstream.feedsReadAt.put(account, clock.instant());
        upstream.loops.put(account, Map.of("feed", Duration.ofMinutes(1)));
        look();
        for (int minute = 0; minute < 20; minute++) {
            upstream.feedsReadAt.put(account, clock.instant());
            pass(Duration.ofMinutes(1));
        }
        assertThat(all()).as("its run is long, and moves on").isEmpty();

        pass(Duration.ofMinutes(3));
        assertOpen(AlertKind.SYNC_SILENT, Severity.CRITICAL, "stands still");
    }

    // Orders that fail to come

    private Finding finding(Verdict verdict, boolean silent, Duration quiet, int unheard) {
        var now = clock.instant();
        return new Finding(
                verdict, now, silent, now.minus(quiet), 41.3, unheard, unheard == 0 ? null : now.minusSeconds(600));
    }

    private void judge(Finding finding) {
        upstream.findings.put(account, finding);
        tell(new SilenceJudged(account, finding.verdict(), clock.instant()));
    }

    @Test
    void ordersThatTheMarketplaceHasAndNobodyHearsOf() {
        judge(finding(Verdict.FLOWING, false, Duration.ZERO, 0));
        assertThat(all()).isEmpty();

        judge(finding(Verdict.PIPE_BROKEN, true, Duration.ofHours(1), 3));
        assertOpen(AlertKind.ORDERS_UNHEARD, Severity.CRITICAL, "Cups on Fake: orders are not heard of", "known: 3");
        pass(Duration.ofMinutes(10));
        assertThat(all()).as("one alert a cause").hasSize(1);

        judge(finding(Verdict.FLOWING, false, Duration.ZERO, 0));
        assertGone();
    }

    @Test
    void noOrdersWhileTheMarketplaceIsDown() {
        judge(finding(Verdict.MARKETPLACE_DOWN, false, Duration.ofMinutes(10), 0));
        assertThat(all()).as("at night nobody misses anything").isEmpty();

        judge(finding(Verdict.MARKETPLACE_DOWN, true, Duration.ofHours(2), 0));
        assertOpen(AlertKind.ORDERS_SILENT, Severity.WARNING, "many by now: 41. The marketplace does not answer");

        judge(finding(Verdict.QUIET, true, Duration.ofHours(3), 0));
        assertGone();
    }

    @Test
    void aShopWhereNobodyBuysIsToldOfWhenNoHolidayExplainsIt() {
        judge(finding(Verdict.QUIET, true, Duration.ofHours(71), 0));
        assertThat(all()).isEmpty();
        pass(Duration.ofMinutes(59));
        assertThat(all()).isEmpty();
        pass(Duration.ofMinutes(1));
        assertOpen(AlertKind.ORDERS_SILENT, Severity.INFO, "has none either");

        judge(finding(Verdict.FLOWING, false, Duration.ZERO, 0));
        assertGone();
    }

    @Test
    void nobodyMissesOrdersOfAnAccountThatIsStopped() {
        judge(finding(Verdict.PIPE_BROKEN, true, Duration.ofHours(1), 3));
        assertThat(alert().state()).isEqualTo(State.OPEN);

        sellers.stop(account);
        tell(new AccountDeactivated(account, Reason.PAUSED, clock.instant()));
        assertGone();
        judge(finding(Verdict.PIPE_BROKEN, true, Duration.ofHours(1), 3));
        assertGone();
    }

    @Test
    void aMarketplaceThatLetsALoopWaitForLong() {
        upstream.loops.put(account, Map.of("feed", Duration.ofMinutes(1)));
        look();
        tell(run("feed", Status.PARTIAL, clock.instant().plus(Duration.ofMinutes(29))));
        assertThat(all()).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        var until = Instant.parse("2031-05-04T03:02:01Z");
        tell(run("feed", Status.PARTIAL, until));
        assertOpen(AlertKind.RATE_LIMITED, Severity.WARNING, "May 4, 2031", "UTC");
        pass(Duration.ofMinutes(20));
        assertThat(all()).as("it is known why nothing is heard").hasSize(1);

        tell(run("feed", Status.SUCCESS, null));
        assertGone();
    }

    // Permissions

    @Test
    void aPermissionThatIsRefused() {
        sellers.stop(account);
        tell(new AccountDeactivated(account, Reason.REFUSED, clock.instant()));
        assertOpen(AlertKind.PERMISSION_REFUSED, Severity.CRITICAL, "Cups on Fake");

        sellers.resume(account);
        tell(new AccountActivated(account, new MarketplaceCode("fake"), clock.instant()));
        assertGone();
    }

    @Test
    void aRefusalThatIsToldOfAfterTheReconnectionIsOver() {
        tell(new AccountActivated(account, new MarketplaceCode("fake"), clock.instant()));
        tell(new AccountDeactivated(account, Reason.REFUSED, clock.instant().minusSeconds(9)));
        assertThat(all()).isEmpty();
    }

    @Test
    void nobodyMissesThePermissionOfAnAccountThatIsNotWantedAnyMore() {
        sellers.stop(account);
        tell(new AccountDeactivated(account, Reason.REFUSED, clock.instant()));
        tell(new AccountDeactivated(account, Reason.DISCONNECTED, clock.instant()));
        assertGone();
    }

    @Test
    void aSecretThatAges() {
        var due = clock.instant().plus(Duration.ofDays(30));
        var secret = UUID.randomUUID();
        tell(new RotationAnnounced(secret, account.value(), "amazon", "REFRESH_TOKEN", due, 30));
        assertOpen(AlertKind.CREDENTIAL_AGEING, Severity.INFO, "A secret of amazon ends on", "REFRESH_TOKEN", "30");
        tell(new RotationAnnounced(secret, account.value(), "amazon", "REFRESH_TOKEN", due, 7));
        assertOpen(AlertKind.CREDENTIAL_AGEING, Severity.WARNING, ": 7.");
        tell(new RotationAnnounced(secret, account.value(), "amazon", "REFRESH_TOKEN", due, 1));
        assertOpen(AlertKind.CREDENTIAL_AGEING, Severity.CRITICAL, ": 1.");

        tell(new RotationSettled(secret));
        assertGone();
    }

    @Test
    void aKeyThatExpires() {
        var key = UUID.randomUUID();
        var expiry = clock.instant().plus(Duration.ofDays(7));
        tell(new ApiKeyExpiryAnnounced(key, expiry, 7));
        assertOpen(about(key), AlertKind.API_KEY_AGEING, Severity.WARNING, "Rotate it");

        tell(new ApiKeyExpirySettled(key));
        assertThat(about(key).state()).isEqualTo(State.RESOLVED);
    }

    // Orders

    @Test
    void daysWithGaps() {
        upstream.gaps.put(account, List.of(LocalDate.parse("2026-11-03"), LocalDate.parse("2026-11-07")));
        tell(new CertificateGapsChanged(account, clock.instant()));
        assertOpen(AlertKind.CERTIFICATE_GAPS, Severity.CRITICAL, "not proven whole: 2", "2026-11-03");

        upstream.gaps.put(account, List.of(LocalDate.parse("2026-11-07")));
        tell(new CertificateGapsChanged(account, clock.instant().plusSeconds(1)));
        assertOpen(AlertKind.CERTIFICATE_GAPS, Severity.CRITICAL, "not proven whole: 1", "2026-11-07");

        upstream.gaps.remove(account);
        tell(new CertificateGapsChanged(account, clock.instant().plusSeconds(2)));
        assertGone();
    }

    @Test
    void aFeedThatNobodyReadsBecauseItsAccountWasGivenUpIsNoTrouble() {
        var read = clock.instant().minus(Duration.ofDays(20));
        tell(new FeedWindowUsed(account, Level.WARNING, 0.25, read));
        sellers.giveUp(account);
        tell(new FeedWindowUsed(account, Level.CRITICAL, 0.5, read));
        assertThat(alert().state()).isEqualTo(Alert.State.RESOLVED);
    }

    @Test
    void aFeedThatIsNotReadForLong() {
        var read = clock.instant().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);
        tell(new FeedWindowUsed(account, Level.WARNING, 0.25, read));
        assertOpen(AlertKind.FEED_WINDOW, Severity.WARNING, "25%");
        tell(new FeedWindowUsed(account, Level.CRITICAL, 0.5, read));
        assertOpen(AlertKind.FEED_WINDOW, Severity.CRITICAL, "50%");

        tell(new FeedWindowUsed(account, Level.NORMAL, 0, clock.instant()));
        assertGone();
    }

    @Test
    void recordsThatCannotBeRead() {
        for (int record = 0; record < 4; record++) {
            upstream.unreadable(account, clock.instant());
        }
        look();
        assertThat(all()).isEmpty();
        clock.advance(Duration.ofHours(1));
        upstream.unreadable(account, clock.instant());
        look();
        assertOpen(AlertKind.QUARANTINE_GROWING, Severity.WARNING, "could not be read: 5");

        clock.advance(Duration.ofHours(23).plusSeconds(1));
        look();
        assertGone();
    }

    // Stock

    @Test
    void aPlanThatWaits() {
        var plan = new PlanId(UUID.randomUUID());
        tell(new PlanOpened(plan, account, 120, clock.instant()));
        assertOpen(AlertKind.PLAN_WAITING, Severity.WARNING, "would show another number: 120, of Cups on Fake");

        tell(new PlanDecided(plan, clock.instant()));
        assertGone();
    }

    @Test
    void aPlanOfWhichTheDecisionIsToldFirst() {
        var plan = new PlanId(UUID.randomUUID());
        tell(new PlanDecided(plan, clock.instant()));
        tell(new PlanOpened(plan, account, 120, clock.instant()));
        assertThat(all()).isEmpty();
    }

    @Test
    void quantitiesThatAreNotVerified() {
        upstream.unverified(account, 7, clock.instant());
        clock.advance(Duration.ofMinutes(30));
        look();
        assertThat(all()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        look();
        assertOpen(AlertKind.QUANTITY_UNVERIFIED, Severity.WARNING, "Cups on Fake", ": 7,");

        upstream.verified(account);
        look();
        assertGone();
    }

    @Test
    void ordersThatStockCannotFollow() {
        upstream.unfollowed.add(new Unfollowed(account, 2));
        look();
        assertOpen(AlertKind.STOCK_BEHIND, Severity.CRITICAL, "Cups on Fake", ": 2.");

        upstream.unfollowed.clear();
        look();
        assertGone();
    }

    @Test
    void nothingIsAmissWithAnAccountThatNobodyWants() {
        upstream.unverified(account, 7, clock.instant());
        upstream.gaps.put(account, List.of(LocalDate.parse("2026-11-03")));
        clock.advance(Duration.ofMinutes(31));
        look();
        tell(new CertificateGapsChanged(account, clock.instant()));
        sellers.stop(account);
        tell(new AccountDeactivated(account, Reason.PAUSED, clock.instant()));
        assertThat(all()).extracting(Alert::state).containsExactlyInAnyOrder(State.OPEN, State.RESOLVED);

        tell(new AccountDeactivated(account, Reason.DISCONNECTED, clock.instant()));
        look();
        assertThat(all()).extracting(Alert::state).containsOnly(State.RESOLVED);
    }

    @Test
    void quantitiesThatOthersChange() {
        differ();
        clock.advance(Duration.ofMinutes(61));
        differ();
        differ();
        assertThat(all()).isEmpty();
        differ();
        assertOpen(AlertKind.QUANTITY_DIFFERS, Severity.INFO, "should show 3 was seen to show 9");
    }

    private void differ() {
        clock.advance(Duration.ofSeconds(1));
        tell(new QuantityDiffered(new ListingId(UUID.randomUUID()), account, 3, 9, clock.instant()));
    }

    @Test
    void aLedgerThatDoesNotAddUp() {
        proof(Status.FAILED);
        assertThat(kontors(AlertKind.LEDGER_WRONG)).isEqualTo(State.OPEN);
        proof(Status.SUCCESS);
        assertThat(kontors(AlertKind.LEDGER_WRONG)).isEqualTo(State.RESOLVED);
    }

    private void proof(Status status) {
        clock.advance(Duration.ofHours(6));
        var now = clock.instant();
        tell(new RunFinished(UUID.randomUUID(), null, "inventory-proof", status, 9, 0, Map.of(), now, now, null));
    }

    private State kontors(AlertKind kind) {
        return about("kontor", kind).state();
    }

    // Kontor itself

    @Test
    void aDatabaseThatFailsAgainAndAgain() {
        fail("feed");
        fail("sweep");
        assertThat(abouts("kontor", AlertKind.DATABASE_TROUBLE)).isEmpty();
        fail("feed");
        assertOpen(
                about("kontor", AlertKind.DATABASE_TROUBLE),
                AlertKind.DATABASE_TROUBLE,
                Severity.CRITICAL,
                "new orders");
    }

    private void fail(String loop) {
        clock.advance(Duration.ofMinutes(5));
        tell(new DatabaseFailed(account, loop, clock.instant()));
    }

    @Test
    void anAuditLogThatWasTamperedWith() {
        tell(new AuditChainVerified(2, "ENTRY_CHANGED", clock.instant()));
        assertOpen(
                about("kontor", AlertKind.AUDIT_BROKEN),
                AlertKind.AUDIT_BROKEN,
                Severity.CRITICAL,
                ": 2.",
                "ENTRY_CHANGED");

        tell(new AuditChainVerified(0, null, clock.instant()));
        assertThat(kontors(AlertKind.AUDIT_BROKEN)).isEqualTo(State.RESOLVED);
    }

    @Test
    void personalDataThatAreKeptForTooLong() {
        tell(new RetentionMissed(account.value(), clock.instant(), "somebody is kept for longer", clock.instant()));
        assertOpen(AlertKind.RETENTION_MISSED, Severity.CRITICAL, "Cups on Fake");
    }
}
