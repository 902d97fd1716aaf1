package dev.kontor.orders.web;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.orders.rebuild.Difference;
import dev.kontor.orders.rebuild.Rebuild;

@RestController
@RequestMapping("/api/v1/accounts/{id}/rebuild")
@Guarded(Area.ORDERS)
@Tag(name = "Rebuild")
class RebuildController {

    private static final String PAGING =
            "`limit` is the number of orders to look at; follow `next` until it is absent, also when a page is empty.";

    private final KnownAccount accounts;
    private final Rebuild rebuild;

    RebuildController(KnownAccount accounts, Rebuild rebuild) {
        this.accounts = accounts;
        this.rebuild = rebuild;
    }

    private record Position(UUID id) {}

    record DifferenceBody(UUID order, String field, String archived, String rebuilt) {

        static DifferenceBody of(Difference difference) {
            return new DifferenceBody(
                    difference.order().value(), difference.field(), difference.archived(), difference.rebuilt());
        }
    }

    @GetMapping
    @Operation(summary = "Show what would change if orders were made anew from their documents", description = PAGING)
    Page<DifferenceBody> compare(@PathVariable UUID id, PageQuery page) {
        var account = accounts.get(id);
        return portion(page, after -> rebuild.compare(account, after, page.limit()));
    }

    @PostMapping
    @Operation(summary = "Make orders anew from their documents where they differ", description = PAGING)
    Page<DifferenceBody> apply(@PathVariable UUID id, PageQuery page) {
        var account = accounts.get(id);
        return portion(page, after -> rebuild.apply(account, after, page.limit()));
    }

    private static Page<DifferenceBody> portion(PageQuery page, Function<UUID, Rebuild.Portion> look) {
        var portion = look.apply(page.after(Position.class).map(Position::id).orElse(new UUID(0, 0)));
        List<DifferenceBody> differences =
                portion.differences().stream().map(DifferenceBody::of).toList();
        var last = portion.last();
        return last == null ? new Page<>(differences, null) : Page.upTo(differences, new Position(last));
    }
}
