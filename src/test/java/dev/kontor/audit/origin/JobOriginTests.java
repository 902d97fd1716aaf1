package dev.kontor.audit.origin;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

import dev.kontor.audit.Actor;
import dev.kontor.audit.Origin;

import static org.assertj.core.api.Assertions.assertThat;

class JobOriginTests {

    @Test
    void eachRunOfAJobIsWhatItDoesUnderANameOfItsOwn() {
        var seen = new ArrayList<Origin>();
        var logged = new ArrayList<String>();
        var chain = new ExecutionChain(List.of(), (task, context) -> {
            seen.add(Origin.present());
            logged.add(MDC.get(RequestOrigin.LOGGED));
            return new CompletionHandler.OnCompleteRemove<>();
        });

        for (int run = 0; run < 2; run++) {
            new JobOrigin().execute(new TaskInstance<>("accounts-renewal", "one"), null, chain);
        }

        assertThat(seen).extracting(Origin::actor).containsOnly(Actor.job("accounts-renewal"));
        assertThat(seen).extracting(Origin::correlation).doesNotHaveDuplicates().isEqualTo(logged);
        assertThat(Origin.present().actor()).isEqualTo(Actor.KONTOR);
        assertThat(MDC.get(RequestOrigin.LOGGED)).isNull();
    }
}
