package dev.kontor.operations.web;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;

import dev.kontor.api.Area;
import dev.kontor.api.Guarded;
import dev.kontor.api.Page;
import dev.kontor.api.PageQuery;
import dev.kontor.operations.Verdict;
import dev.kontor.operations.silence.Canary;
import dev.kontor.operations.silence.Silence;
import dev.kontor.operations.silence.Silences;

@RestController
@RequestMapping("/api/v1/silence")
@Guarded(Area.OPERATIONS)
@Tag(name = "Silence")
class SilenceController {

    private final Silences silences;

    SilenceController(Silences silences) {
        this.silences = silences;
    }

    /**
     * @param found absent before the first question
     * @param error what the marketplace answered instead
     * @param comparedTo orders placed before were compared with the marketplace's own list
     * @param unheard orders that were listed and that Kontor does not know, as far as was looked
     * @param unheardSince when the oldest of them was placed
     */
    @Schema(name = "SilenceCanary")
    record CanaryBody(
            @Nullable Canary found,
            @Nullable Instant at,
            @Schema(example = "unavailable: 503") @Nullable String error,
            @Nullable Instant comparedTo,
            int unheard,
            @Nullable Instant unheardSince) {}

    /**
     * @param since when the verdict was given
     * @param silent whether no order came for longer than chance explains
     * @param quietSince when the last order was placed
     * @param expected orders that should have been placed since then; absent while too little is known
     * @param chance how likely it is that there was none; absent while too little is known
     * @param canary what the last question to the marketplace came to
     */
    @Schema(name = "Silence")
    record SilenceBody(
            UUID account,
            Verdict verdict,
            Instant since,
            boolean silent,
            @Nullable Instant quietSince,
            @Schema(example = "4.2") @Nullable Double expected,
            @Schema(example = "0.03") @Nullable Double chance,
            CanaryBody canary) {

        static SilenceBody of(Silence silence) {
            var judgement = silence.judgement();
            var asked = silence.asked();
            return new SilenceBody(
                    silence.account().value(),
                    judgement.verdict(),
                    judgement.at(),
                    judgement.silent(),
                    judgement.quietSince(),
                    judgement.expected(),
                    judgement.chance(),
                    new CanaryBody(
                            asked.found(),
                            asked.at(),
                            asked.error(),
                            asked.comparedTo(),
                            asked.unheard(),
                            asked.unheardSince()));
        }
    }

    @GetMapping
    @Operation(
            summary = "Tell of each account whether its orders come in as they should",
            description =
                    "QUIET: nobody buys. MARKETPLACE_DOWN: it does not answer. PIPE_BROKEN: the marketplace has orders, or"
                            + " news of them, that Kontor does not hear of. Accounts whose feed is stopped are left out.")
    Page<SilenceBody> list(@RequestParam @Nullable UUID account, PageQuery page) {
        var after = page.after(Silences.Position.class).orElse(null);
        var found = silences.list(account, after, page.limit() + 1);
        return Page.cut(found, page, it -> new Silences.Position(it.account().value()))
                .map(SilenceBody::of);
    }
}
