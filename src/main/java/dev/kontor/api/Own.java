package dev.kontor.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A route about the caller alone: everybody who is known may use it, and no scope is asked for; see {@link Guarded}. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Own {

    /** Whether API keys may, which have neither password nor sessions. */
    boolean keys() default false;
}
