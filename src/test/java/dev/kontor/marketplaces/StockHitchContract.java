package dev.kontor.marketplaces;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.kontor.marketplaces.Answer.Ok;
import dev.kontor.marketplaces.Answer.Rejected;
import dev.kontor.marketplaces.Answer.Throttled;
import dev.kontor.marketplaces.Answer.Unauthorized;
import dev.kontor.marketplaces.Stage.Hitch;
import dev.kontor.marketplaces.Stage.Trouble;
import dev.kontor.marketplaces.StockWriter.Change.Absolute;
import dev.kontor.marketplaces.StockWriter.Change.Relative;
import dev.kontor.marketplaces.StockWriter.Command;
import dev.kontor.marketplaces.StockWriter.Outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What an adapter says of a write that met trouble, got no answer, did nothing, got stuck or came too late. */
abstract class StockHitchContract extends ConditionalStockContract {

    // Trouble

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.ABSOLUTE_STOCK)
    void aZeroThatMetTroubleIsReachedInTheEnd(Trouble trouble) {
        assumeTrue(terms().zero());
        var listing = ten();
        stage.begin(trouble);
        assertThat(writer().write(command(new Absolute(listing, 0, false)), connection))
                .isNotInstanceOf(Ok.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(settled(command(new Absolute(listing, 0, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.RELATIVE_STOCK)
    void aCommandInTroubleTakesEffectOnceWhenItIsSentAgain(Trouble trouble) {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));
        stage.begin(trouble);

        var answer = writer().write(command, connection);

        assertThat(answer).isNotInstanceOf(Ok.class);
        if (answer instanceof Throttled<?>) {
            stage.calm();
            stage.pass(Duration.ofMinutes(1));
            assertThat(shown(listing)).isEqualTo(10);
        }
        stage.calm();
        assertThat(settled(command)).isEqualTo(new Outcome.Applied());
        assertThat(shown(listing)).isEqualTo(8);
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    @Proves(Capability.CONDITIONAL_STOCK)
    void aConditionalZeroThatMetTroubleIsReachedInTheEnd(Trouble trouble) {
        var listing = ten();
        var command = under(reading(listing), listing, 0);
        stage.begin(trouble);
        assertThat(writer().write(command, connection)).isNotInstanceOf(Ok.class);
        stage.calm();
        stage.pass(Duration.ofMinutes(1));

        assertThat(settled(under(reading(listing), listing, 0))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isZero();
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void writesNothingWithoutTheSellersPermission() {
        var listing = ten();
        stage.revoke();

        assertThat(writer().write(command(new Absolute(listing, 7, false)), connection))
                .isInstanceOf(Unauthorized.class);
        assertThat(writer().read(List.of(listing), connection)).isInstanceOf(Unauthorized.class);
        assertThat(listings().all(null, connection)).isInstanceOf(Unauthorized.class);
        assertThat(listings().listing(listing, connection)).isInstanceOf(Unauthorized.class);
        assertThat(shown(listing)).isEqualTo(10);
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void sendsNothingThatNobodyWantsAnyMoreWhenItHasItsTurn() {
        var listing = ten();

        assertThat(writer().write(command(new Absolute(listing, 7, false)), connection.whileWanted(() -> false)))
                .isInstanceOfSatisfying(
                        Rejected.class, it -> assertThat(it.code()).isEqualTo(Connection.UNWANTED));

        stage.pass(Duration.ofMinutes(1));
        assertThat(shown(listing)).isEqualTo(10);
    }

    // Lost answers

    private void loseTheAnswerTo(Command command) {
        stage.begin(Hitch.LOST_ANSWER);
        assertThat(writer().write(command, connection)).isInstanceOf(Answer.Unavailable.class);
        stage.calm();
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void findsOutWhatBecameOfAQuantityWhoseAnswerGotLost() {
        var listing = ten();
        var command = command(new Absolute(listing, 8, false));
        loseTheAnswerTo(command);
        stage.pass(Duration.ofMinutes(1));

        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Applied.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void findsOutWhatBecameOfACommandWhoseAnswerGotLost() {
        var listing = ten();
        var command = repeatable(new Relative(listing, -2));
        loseTheAnswerTo(command);
        stage.pass(Duration.ofMinutes(1));

        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Applied.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void doesNotClaimToKnowWhatBecameOfADifferenceThatCannotBeSentAgain() {
        var listing = ten();
        var command = command(new Relative(listing, -2));
        assumeFalse(writer().repeatable(command.changes().getFirst()));
        loseTheAnswerTo(command);
        assertThat(ok(writer().state(command, null, connection)).get(listing)).isInstanceOf(Outcome.Unknown.class);
        assertThat(shown(listing)).isEqualTo(8);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void neverCallsAWriteRefusedThatTookEffectWithoutAnAnswer() {
        var listing = ten();
        var command = under(reading(listing), listing, 20);
        loseTheAnswerTo(command);

        assertThat(ok(writer().state(command, null, connection)).get(listing))
                .isInstanceOfAny(Outcome.Applied.class, Outcome.Unknown.class);
        stage.sell(listing, 3);
        writer().write(command, connection);
        assertThat(shown(listing)).isEqualTo(17);
    }

    // Writes that did nothing

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aReadingFindsAWriteThatDidNothing() {
        var listing = ten();
        stage.begin(Hitch.SILENT_NO_OP);

        assertThat(settled(command(new Absolute(listing, 7, false))))
                .isInstanceOfAny(Outcome.Applied.class, Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void aReadingFindsAConditionalWriteThatDidNothing() {
        var listing = ten();
        var command = under(reading(listing), listing, 7);
        stage.begin(Hitch.SILENT_NO_OP);

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        assertThat(reading(listing).quantity()).isEqualTo(10);
    }

    // Writes that come late

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aStuckQuantityIsNeitherAppliedNorRefusedUntilItIs() {
        assumeTrue(terms().later());
        var listing = ten();
        stage.begin(Hitch.STUCK);

        assertThat(settled(command(new Absolute(listing, 8, false)))).isInstanceOf(Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
        waitAsLongAsAnyWriteTakes();
        assertThat(reading(listing).quantity()).isEqualTo(8);
    }

    @Test
    @Proves(Capability.RELATIVE_STOCK)
    void aStuckCommandIsNeitherAppliedNorRefusedUntilItIs() {
        assumeTrue(terms().later());
        var listing = ten();
        stage.begin(Hitch.STUCK);

        assertThat(settled(command(new Relative(listing, -2)))).isInstanceOf(Outcome.Accepted.class);

        assertThat(reading(listing).quantity()).isEqualTo(10);
        waitAsLongAsAnyWriteTakes();
        assertThat(new HashSet<>(List.of(8, 10))).contains(reading(listing).quantity());
    }

    @Test
    @Proves(Capability.ABSOLUTE_STOCK)
    void aReadingFindsAnOlderWriteThatCameLater() {
        var listing = ten();
        stage.begin(Hitch.OUT_OF_ORDER);
        writer().write(command(new Absolute(listing, 30, false)), connection);
        stage.calm();

        assertThat(settled(command(new Absolute(listing, 7, false)))).isEqualTo(new Outcome.Applied());
        assertThat(reading(listing).quantity()).isEqualTo(7);

        waitAsLongAsAnyWriteTakes();
        assertThat(reading(listing).quantity()).isEqualTo(30);
    }

    @Test
    @Proves(Capability.CONDITIONAL_STOCK)
    void anOlderConditionalWriteThatComesLaterDoesNothing() {
        var listing = ten();
        var late = under(reading(listing), listing, 30);
        var command = under(reading(listing), listing, 7);
        stage.begin(Hitch.OUT_OF_ORDER);
        writer().write(late, connection);
        stage.calm();

        assertThat(settled(command)).isEqualTo(new Outcome.Applied());

        stage.pass(terms().longestDelay());
        assertThat(reading(listing).quantity()).isEqualTo(7);
    }
}
