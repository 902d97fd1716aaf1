package dev.kontor.notifications.webhooks;

import java.time.Instant;

/**
 * Something that was heard and is to be a message.
 *
 * @param subject the object that it is about; messages of one are sent one after another
 * @param occurrence what tells it from other news of the same type and object, so that an event that is heard twice is one
 *     message
 */
record News(MessageType type, String subject, Object occurrence, Instant at, Payload data) {

    /** What happens to an object at one instant happens once. */
    static News of(MessageType type, String subject, Instant at, Payload data) {
        return new News(type, subject, at, at, data);
    }

    String key() {
        return type + " " + subject + " " + occurrence;
    }
}
