package dev.kontor.marketplaces.exchange.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Guarded.By;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.marketplaces.exchange.ExchangeLog;
import dev.kontor.marketplaces.exchange.ExchangeLog.Position;
import dev.kontor.marketplaces.exchange.LoggedAttempt;

@RestController
@RequestMapping("/api/v1/exchange-log")
@Guarded(value = Area.MARKETPLACES, reading = By.MANAGER)
@Tag(name = "Exchange log")
class ExchangeLogController {

    private final ExchangeLog log;

    ExchangeLogController(ExchangeLog log) {
        this.log = log;
    }

    @GetMapping
    @Operation(
            summary = "List what was asked of marketplaces and how they answered, the newest first",
            description = "Without anything personal or secret.")
    Page<LoggedAttempt> entries(
            @RequestParam(required = false) @Nullable UUID account,
            @RequestParam(required = false) @Nullable Instant from,
            PageQuery page) {
        var after = page.after(Position.class).orElse(null);
        return Page.cut(
                log.entries(account, from, after, page.limit() + 1),
                page,
                attempt -> new Position(attempt.at(), attempt.id()));
    }
}
