package dev.kontor.access.factors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.kontor.access.SealedColumn;

/** Where the secrets of people's devices lie sealed, for rotations of the key set. */
@Configuration(proxyBeanMethods = false)
class SealedFactors {

    @Bean
    SealedColumn secondFactorsColumn() {
        return new SealedColumn("access.second_factors", "user_id", "sealed", SecondFactor::context);
    }
}
