package dev.kontor;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Values that cannot be what their setting wants. */
final class UnreadableValue {

    private UnreadableValue() {}

    static class Bound extends SentenceAnalyzer<BindException> {
        @Override
        @Nullable
        String sentence(Throwable rootFailure, BindException cause) {
            for (Throwable at = cause; at != null; at = at.getCause()) {
                if (at instanceof InvalidConfigurationPropertyValueException known) {
                    return known.getReason();
                }
            }
            var property = cause.getProperty();
            var name = property == null ? cause.getName() : property.getName();
            return SettingName.of(name.toString()) + " has a value that cannot be used as "
                    + cause.getTarget().getType().resolve(Object.class).getSimpleName() + ".";
        }
    }

    static class Injected extends SentenceAnalyzer<TypeMismatchException> {
        @Override
        @Nullable
        String sentence(Throwable rootFailure, TypeMismatchException cause) {
            for (Throwable at = rootFailure; at != null; at = at.getCause()) {
                if (at.getCause() == cause && at instanceof UnsatisfiedDependencyException injection) {
                    var point = injection.getInjectionPoint();
                    var value = point == null ? null : point.getAnnotation(Value.class);
                    var type = cause.getRequiredType();
                    return value == null || type == null
                            ? null
                            : SettingName.read(value.value()) + " has a value that cannot be used as "
                                    + type.getSimpleName() + ".";
                }
            }
            return null;
        }
    }

    /** Thrown by modules that look closer; their reason is the sentence. */
    static class Refused extends SentenceAnalyzer<InvalidConfigurationPropertyValueException> {
        @Override
        @Nullable
        String sentence(Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
            return cause.getReason();
        }
    }
}
