package dev.kontor.notifications.telegram;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.kontor.access.ApiKeyExpiryAnnounced;
import dev.kontor.access.ApiKeyExpirySettled;
import dev.kontor.accounts.AccountActivated;
import dev.kontor.accounts.AccountDeactivated;
import dev.kontor.accounts.AccountDeactivated.Reason;
import dev.kontor.accounts.AccountId;
import dev.kontor.accounts.RotationAnnounced;
import dev.kontor.accounts.RotationSettled;
import dev.kontor.accounts.RunFinished;
import dev.kontor.accounts.RunFinished.Status;
import dev.kontor.audit.AuditChainVerified;
import dev.kontor.inventory.ItemId;
import dev.kontor.inventory.ListingId;
import dev.kontor.inventory.OversellDetected;
import dev.kontor.inventory.OversellEnded;
import dev.kontor.inventory.OversellId;
import dev.kontor.inventory.PlanDecided;
import dev.kontor.inventory.PlanId;
import dev.kontor.inventory.PlanOpened;
import dev.kontor.inventory.QuantityDiffered;
import dev.kontor.inventory.UnfollowedOrders.Unfollowed;
import dev.kontor.inventory.UnverifiedQuantities.Unverified;
import dev.kontor.marketplaces.MarketplaceCode;
import dev.kontor.notifications.AlertKind;
import dev.kontor.notifications.alerts.Cause;
import dev.kontor.notifications.alerts.Fact;
import dev.kontor.notifications.alerts.Facts;
import dev.kontor.notifications.alerts.Raising;
import dev.kontor.notifications.alerts.Sighting;
import dev.kontor.notifications.alerts.Subject;
import dev.kontor.operations.OrderSilence.Finding;
import dev.kontor.operations.SilenceJudged;
import dev.kontor.operations.Verdict;
import dev.kontor.orders.CertificateGapsChanged;
import dev.kontor.orders.DatabaseFailed;
import dev.kontor.orders.FeedWindowUsed;
import dev.kontor.orders.FeedWindowUsed.Level;
import dev.kontor.privacy.RetentionMissed;

/**
 * What goes wrong in a month of a seller with three accounts at one marketplace and one at each of two others: every day a
 * little, on each ordinary day at most one thing more, and on three bad days everything at once. The same seed, the same
 * month.
 */
final class Month {

    static final Instant BEGINNING = Instant.parse("2037-03-02T00:00:00Z");
    static final int DAYS = 30;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final World world;
    private final Random random;
    private final Consumer<Object> tell;
    private final Runnable look;
    private final Raising raising;
    final TreeMap<Instant, List<Runnable>> agenda = new TreeMap<>();
    final List<Integer> badDays = new ArrayList<>();
    final List<AlertKind> injected = new ArrayList<>();
    private final List<AccountId> three;
    private final AccountId second;
    private final AccountId third;
    private Instant now = BEGINNING;

    Month(long seed, World world, Consumer<Object> tell, Runnable look, Raising raising) {
        this.world = world;
        this.random = new Random(seed);
        this.tell = tell;
        this.look = look;
        this.raising = raising;
        this.three = List.of(
                world.opens("Cups PL", "allegro"), world.opens("Cups CZ", "allegro"), world.opens("Toys", "allegro"));
        this.second = world.opens("Cups RU", "ozon");
        this.third = world.opens("Atelier", "wix");
        plan();
    }

    private void plan() {
        var days = new ArrayList<Integer>();
        for (int day = 1; day < DAYS - 2; day++) {
            days.add(day);
        }
        Collections.shuffle(days, random);
        badDays.addAll(days.subList(0, 3));
        badDays.forEach(this::everything);
        var more = new ArrayList<Consumer<Instant>>();
        for (int time = 0; time < 3; time++) {
            more.add(this::marketplaceDown);
        }
        for (int time = 0; time < 2; time++) {
            more.add(this::oversells);
            more.add(this::planWaits);
            more.add(this::limps);
        }
        more.add(this::gapsThatHeal);
        more.add(this::quarantine);
        more.add(this::silent);
        more.add(this::webhookDisabled);
        more.add(this::feedWindow);
        more.add(this::refused);
        more.add(this::unheard);
        more.add(this::nobodyBuys);
        more.add(this::mailComesBack);
        for (int at = 0; at < more.size(); at++) {
            more.get(at).accept(sometime(days.get(3 + at)));
        }
        var rest = days.subList(3 + more.size(), days.size());
        partial(sometime(rest.get(0))); // each at least once
        differing(sometime(rest.get(1)));
        flapping(sometime(rest.get(2)));
        for (int day = 1; day < DAYS - 1; day++) {
            rateLimit(day(day).plus(Duration.ofHours(17)).plus(minutes(180)));
            if (random.nextInt(4) == 0) {
                flapping(sometime(day));
            }
            if (random.nextInt(10) == 0) {
                partial(sometime(day));
            }
            if (random.nextInt(5) == 0) {
                blip(sometime(day));
            }
            if (random.nextInt(6) == 0) {
                differing(sometime(day));
            }
        }
        keysAge();
    }

    private static Instant day(int day) {
        return BEGINNING.plus(Duration.ofDays(day));
    }

    private Instant sometime(int day) {
        return day(day).plus(minutes(24 * 60 - 200));
    }

    private Duration minutes(int most) {
        return Duration.ofMinutes(random.nextInt(most));
    }

    private void at(Instant time, Runnable what) {
        agenda.computeIfAbsent(time, _ -> new ArrayList<>()).add(() -> {
            now = time;
            what.run();
        });
    }

    private void tellAt(Instant time, Supplier<Object> event) {
        at(time, () -> tell.accept(event.get()));
    }

    private void run(AccountId account, String loop, Status status, Instant heldUntil) {
        tell.accept(
                new RunFinished(UUID.randomUUID(), account, loop, status, 0, 0, Map.of(), now, now, null, heldUntil));
    }

    private void injected(AlertKind kind) {
        injected.add(kind);
    }

    // Small things

    /** Every evening a limit holds a loop for the better part of an hour. */
    private void rateLimit(Instant from) {
        injected(AlertKind.RATE_LIMITED);
        var held = Duration.ofMinutes(35 + random.nextInt(30));
        at(from, () -> run(second, "feed", Status.PARTIAL, from.plus(held)));
        at(from.plus(held), () -> run(second, "feed", Status.SUCCESS, null));
    }

    /** It fails, works, and fails again. */
    private void flapping(Instant from) {
        injected(AlertKind.SYNC_FAILING);
        for (int round = 0; round < 3; round++) {
            var begin = from.plus(Duration.ofMinutes(25L * round));
            failing(third, "feed", begin, 0, 1, 2, 3, 6);
        }
    }

    /** In these minutes it fails, and in the last one it works. */
    private void failing(AccountId account, String loop, Instant from, int... minutes) {
        for (int run = 0; run < minutes.length; run++) {
            var status = run < minutes.length - 1 ? Status.FAILED : Status.SUCCESS;
            at(from.plus(MINUTE.multipliedBy(minutes[run])), () -> run(account, loop, status, null));
        }
    }

    /** Over before anybody could look. */
    private void blip(Instant from) {
        injected(AlertKind.SYNC_FAILING);
        failing(three.get(random.nextInt(3)), "sweep", from, 0, 1, 2, 3, 5);
    }

    private void partial(Instant from) {
        injected(AlertKind.SYNC_PARTIAL);
        for (int run = 0; run < 8; run++) {
            at(from.plus(MINUTE.multipliedBy(5L * run)), () -> run(third, "listings", Status.PARTIAL, null));
        }
        at(from.plus(MINUTE.multipliedBy(40)), () -> run(third, "listings", Status.SUCCESS, null));
    }

    private void differing(Instant from) {
        injected(AlertKind.QUANTITY_DIFFERS);
        for (int time = 0; time < 4; time++) {
            tellAt(
                    from.plus(MINUTE.multipliedBy(7L * time)),
                    () -> new QuantityDiffered(new ListingId(UUID.randomUUID()), third, 3, 9, now));
        }
    }

    private void keysAge() {
        var secret = UUID.randomUUID();
        var key = UUID.randomUUID();
        var due = day(DAYS + 1);
        injected(AlertKind.CREDENTIAL_AGEING);
        injected(AlertKind.API_KEY_AGEING);
        var morning = Duration.ofHours(9);
        tellAt(
                day(1).plus(morning),
                () -> new RotationAnnounced(secret, second.value(), "ozon", "STATIC_KEY", due, 30));
        tellAt(
                day(24).plus(morning),
                () -> new RotationAnnounced(secret, second.value(), "ozon", "STATIC_KEY", due, 7));
        tellAt(day(26).plus(morning), () -> new RotationSettled(secret));
        tellAt(day(2).plus(morning), () -> new ApiKeyExpiryAnnounced(key, due, 30));
        tellAt(day(25).plus(morning), () -> new ApiKeyExpiryAnnounced(key, due, 7));
        tellAt(day(27).plus(morning), () -> new ApiKeyExpirySettled(key));
    }

    // What comes to an ordinary day now and then

    /** For an hour it answers nothing, to any of the accounts. */
    private void marketplaceDown(Instant from) {
        for (var account : three) {
            injected(AlertKind.SYNC_FAILING);
            failing(account, "feed", from.plusSeconds(random.nextInt(60)), 0, 1, 2, 20, 40, 60);
            failing(account, "sweep", from.plusSeconds(random.nextInt(60)), 0, 5, 10, 35, 60);
            failing(account, "listings", from.plusSeconds(random.nextInt(60)), 0, 15, 30, 45, 60);
            unverified(account, from, Duration.ofMinutes(65));
        }
    }

    private void unverified(AccountId account, Instant from, Duration lasting) {
        injected(AlertKind.QUANTITY_UNVERIFIED);
        at(from, () -> world.unverified.put(account, new Unverified(account, 7, from)));
        at(from.plus(MINUTE.multipliedBy(31)), look);
        at(from.plus(lasting), () -> {
            world.unverified.remove(account);
            look.run();
        });
    }

    /** Writes are taken and not done for a while. */
    private void limps(Instant from) {
        unverified(three.get(random.nextInt(3)), from, Duration.ofMinutes(75));
    }

    private void oversells(Instant from) {
        for (int item = 0; item < 4; item++) {
            injected(AlertKind.OVERSELL);
            var of = new ItemId(UUID.randomUUID());
            world.skus.put(of, "MUG-" + of.value().toString().substring(0, 8));
            var oversell = new OversellId(UUID.randomUUID());
            var begin = from.plus(MINUTE.multipliedBy(13L * item)).plusSeconds(random.nextInt(60));
            tellAt(begin, () -> new OversellDetected(oversell, of, 2, null, now));
            tellAt(from.plus(Duration.ofHours(3 + item)), () -> new OversellEnded(oversell, of, now));
        }
    }

    private void planWaits(Instant from) {
        injected(AlertKind.PLAN_WAITING);
        var plan = new PlanId(UUID.randomUUID());
        tellAt(from, () -> new PlanOpened(plan, third, 120, now));
        tellAt(from.plus(Duration.ofHours(11)), () -> new PlanDecided(plan, now));
    }

    private void gapsThatHeal(Instant from) {
        injected(AlertKind.CERTIFICATE_GAPS);
        var account = three.getFirst();
        at(from, () -> {
            world.gaps.put(
                    account, List.of(LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1)));
            tell.accept(new CertificateGapsChanged(account, now));
        });
        at(from.plus(Duration.ofHours(6)), () -> {
            world.gaps.remove(account);
            tell.accept(new CertificateGapsChanged(account, now));
        });
    }

    private void stuckOrders(Instant from) {
        injected(AlertKind.STOCK_BEHIND);
        at(from, () -> {
            world.unfollowed.put(second, new Unfollowed(second, 1));
            look.run();
        });
        at(from.plus(Duration.ofHours(2)), () -> {
            world.unfollowed.remove(second);
            look.run();
        });
    }

    private void quarantine(Instant from) {
        injected(AlertKind.QUARANTINE_GROWING);
        at(from, () -> {
            world.unreadable.put(second, Collections.nCopies(6, from));
            look.run();
        });
        at(from.plus(Duration.ofHours(5)), () -> {
            world.unreadable.remove(second);
            look.run();
        });
    }

    /** Its feed does not even fail. */
    private void silent(Instant from) {
        injected(AlertKind.SYNC_SILENT);
        at(from, () -> {
            world.loops.put(third, Map.of("feed", MINUTE));
            run(third, "feed", Status.SUCCESS, null);
            look.run();
        });
        for (int minute = 1; minute <= 20; minute++) {
            at(from.plus(MINUTE.multipliedBy(minute)), look);
        }
        at(from.plus(MINUTE.multipliedBy(21)), () -> {
            run(third, "feed", Status.SUCCESS, null);
            look.run();
            world.loops.remove(third);
        });
    }

    private void webhookDisabled(Instant from) {
        injected(AlertKind.WEBHOOK_DISABLED);
        var endpoint = UUID.randomUUID();
        var cause = new Cause(AlertKind.WEBHOOK_DISABLED, Subject.of(Subject.Type.WEBHOOK_ENDPOINT, endpoint));
        at(
                from,
                () -> raising.raise(
                        cause,
                        Sighting.of(
                                endpoint,
                                Facts.none().with(Fact.WHAT, "failing").with(Fact.SINCE, from),
                                now)));
        at(from.plus(Duration.ofHours(9)), () -> raising.gone(cause, now));
    }

    /** Its feed goes on, and says nothing of what was bought. */
    private void unheard(Instant from) {
        injected(AlertKind.ORDERS_UNHEARD);
        judged(from, Duration.ofHours(2), new Finding(Verdict.PIPE_BROKEN, from, false, from, 1.5, 4, from));
    }

    private void nobodyBuys(Instant from) {
        injected(AlertKind.ORDERS_SILENT);
        var last = from.minus(Duration.ofDays(4));
        judged(from, Duration.ofHours(8), new Finding(Verdict.QUIET, from, true, last, 9.0, 0, null));
    }

    private void judged(Instant from, Duration lasting, Finding finding) {
        at(from, () -> {
            world.findings.put(second, finding);
            tell.accept(new SilenceJudged(second, finding.verdict(), now));
        });
        at(from.plus(lasting), () -> {
            world.findings.remove(second);
            tell.accept(new SilenceJudged(second, Verdict.FLOWING, now));
        });
    }

    private void mailComesBack(Instant from) {
        injected(AlertKind.MAIL_UNDELIVERED);
        var cause =
                new Cause(AlertKind.MAIL_UNDELIVERED, Subject.of(Subject.Type.MAIL_SUBSCRIPTION, UUID.randomUUID()));
        at(
                from,
                () -> raising.raise(
                        cause,
                        Sighting.of(
                                UUID.randomUUID(),
                                Facts.none().with(Fact.WHAT, "refused").with(Fact.SINCE, from),
                                now)));
        at(from.plus(Duration.ofHours(5)), () -> raising.gone(cause, now));
    }

    private void feedWindow(Instant from) {
        injected(AlertKind.FEED_WINDOW);
        tellAt(from, () -> new FeedWindowUsed(second, Level.WARNING, 0.25, from.minus(Duration.ofDays(15))));
        tellAt(from.plus(Duration.ofHours(2)), () -> new FeedWindowUsed(second, Level.NORMAL, 0, now));
    }

    private void refused(Instant from) {
        injected(AlertKind.PERMISSION_REFUSED);
        at(from, () -> {
            world.active(second, false);
            tell.accept(new AccountDeactivated(second, Reason.REFUSED, now));
        });
        at(from.plus(Duration.ofHours(1)), () -> {
            world.active(second, true);
            tell.accept(new AccountActivated(second, new MarketplaceCode("ozon"), now));
        });
    }

    // A bad day

    private void everything(int day) {
        marketplaceDown(sometime(day));
        oversells(sometime(day));
        gapsThatHeal(sometime(day));
        planWaits(sometime(day));
        injected(AlertKind.DATABASE_TROUBLE);
        var database = sometime(day);
        for (int fault = 0; fault < 5; fault++) {
            tellAt(
                    database.plus(MINUTE.multipliedBy(2L * fault)),
                    () -> new DatabaseFailed(three.getFirst(), "feed", now));
        }
        stuckOrders(sometime(day));
        injected(AlertKind.LEDGER_WRONG);
        var proof = sometime(day);
        at(proof, () -> run(null, "inventory-proof", Status.FAILED, null));
        at(proof.plus(Duration.ofHours(2)), () -> run(null, "inventory-proof", Status.SUCCESS, null));
        injected(AlertKind.AUDIT_BROKEN);
        var audit = sometime(day);
        tellAt(audit, () -> new AuditChainVerified(1, "ENTRY_CHANGED", now));
        tellAt(audit.plus(Duration.ofHours(3)), () -> new AuditChainVerified(0, null, now));
        injected(AlertKind.RETENTION_MISSED);
        tellAt(
                sometime(day),
                () -> new RetentionMissed(second.value(), now.minus(Duration.ofDays(1)), "kept for longer", now));
    }
}
