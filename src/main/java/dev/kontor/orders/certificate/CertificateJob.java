package dev.kontor.orders.certificate;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import com.github.kagkarlsson.scheduler.task.Task;

import dev.kontor.orders.loops.LoopTasks;

@Configuration(proxyBeanMethods = false)
class CertificateJob {

    @Bean
    Task<Void> ordersCertificate(LoopTasks tasks, Certification certification) {
        return tasks.of(certification);
    }
}
