package dev.kontor.audit.origin;

import org.slf4j.MDC;
import org.springframework.stereotype.Component;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstance;

import dev.kontor.audit.Origin;

/** Every run of a job is what it does, by the job's name. */
@Component
class JobOrigin implements ExecutionInterceptor {

    @Override
    public CompletionHandler<?> execute(TaskInstance<?> task, ExecutionContext context, ExecutionChain chain) {
        var origin = Origin.run(task.getTaskName());
        try (var _ = MDC.putCloseable(RequestOrigin.LOGGED, origin.correlation())) {
            return origin.call(() -> chain.proceed(task, context));
        }
    }
}
