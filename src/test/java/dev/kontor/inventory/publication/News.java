package dev.kontor.inventory.publication;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.transaction.support.TransactionTemplate;

import dev.kontor.inventory.publication.Street.Stall;
import dev.kontor.orders.OrdersArchived;
import dev.kontor.orders.Source;

/** How the archive comes to know of sales: late, twice, in disorder, and by a Kontor that may be killed meanwhile. */
class News {

    private final Street street;
    private final Turns turns;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    News(Street street, Turns turns, TransactionTemplate transaction, ApplicationEventPublisher events, Clock clock) {
        this.street = street;
        this.turns = turns;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** The archive hears of what can be heard at the marketplace by now, in disorder, and how far it knows. */
    void hear(Day day, Stall stall, boolean all) {
        var now = clock.instant();
        var news = new ArrayList<>(day.goods.sales.stream()
                .filter(sale -> sale.offer.stall == stall && sale.news)
                .filter(sale -> all || !sale.visibleAt.isAfter(now))
                .toList());
        Collections.shuffle(news, day.dice);
        boolean some = !all && day.dice.nextInt(4) == 0;
        for (var sale : some ? news.subList(0, news.size() / 2) : news) {
            if (!turns.alive(day, () -> archive(day, sale))) {
                return;
            }
        }
        var known = day.goods.sales.stream()
                .filter(sale -> sale.offer.stall == stall && !sale.archived)
                .map(sale -> sale.placedAt.minusMillis(1))
                .min(Comparator.naturalOrder())
                .filter(until -> until.isBefore(now))
                .orElse(now);
        street.known(stall.account(), known);
        if (!news.isEmpty()) {
            day.tell("heard of " + news.size() + " at " + stall.trade() + " until " + known);
        }
    }

    void hearAgain(Day day) {
        var archived = day.goods.sales.stream().filter(sale -> sale.archived).toList();
        if (!archived.isEmpty()) {
            var again = day.dice.any(archived);
            turns.alive(day, () -> publish(again));
        }
    }

    private void archive(Day day, Sale sale) {
        street.archive(sale.view());
        publish(sale);
        sale.archived = true;
        sale.news = false;
        day.tell("archived " + sale.id + " " + sale.status);
    }

    private void publish(Sale sale) {
        transaction.executeWithoutResult(status -> events.publishEvent(new OrdersArchived(
                sale.offer.stall.account(),
                Source.FEED,
                List.of(sale.id),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                clock.instant())));
    }
}
