package dev.kontor.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Who may use the routes of a controller, or one of them: people of a role, and API keys with the area's scope. What a GET
 * answers is reading, everything else writing. A route that has neither this nor {@link Own} nor {@link Open} is closed
 * to everybody, and fails the build.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {

    Area value();

    By reading() default By.VIEWER;

    By writing() default By.MANAGER;

    /** The least role, by the names that the module which knows people gives them. */
    enum By {
        VIEWER,
        MANAGER,
        ADMINISTRATOR
    }
}
