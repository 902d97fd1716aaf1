package dev.kontor;

import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;

/** Every running Kontor has a name of its own among those that share the jobs, also on one host. */
@Component
class InstanceName implements DbSchedulerCustomizer {

    private final String name = "kontor-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID();

    @Override
    public Optional<SchedulerName> schedulerName() {
        return Optional.of(new SchedulerName.Fixed(name));
    }
}
