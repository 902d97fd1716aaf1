package dev.kontor.notifications.mail;

import java.io.UnsupportedEncodingException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import dev.kontor.notifications.mail.MailProperties.Security;

/** Hands a letter to the mail server. Nothing that the server says gets into the log beside its numbers: it quotes addresses. */
@Component
class Mailer {

    /** Of those the server means itself or us, not the address. */
    private static final Set<Integer> ABOUT_US = Set.of(530, 534, 535, 538);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private static final Pattern POLICY = Pattern.compile("5\\d\\d[ -]5\\.7\\.\\d+.*", Pattern.DOTALL);

    private final MailProperties properties;
    private final Clock clock;
    private final Session session;

    Mailer(MailProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.session = Session.getInstance(settings(properties));
    }

    /** What the server said. */
    sealed interface Said {
        record Taken() implements Said {}

        /** For good: nothing is taken for this address. */
        record AddressRefused() implements Said {}

        /**
         * Not now.
         *
         * @param maybe whether it may have been taken all the same, because the answer was lost
         */
        record Later(String reason, boolean maybe) implements Said {}
    }

    private static Properties settings(MailProperties properties) {
        var protocol = properties.security() == Security.TLS ? "smtps" : "smtp";
        var before = "mail." + protocol + ".";
        var millis = String.valueOf(properties.timeout().toMillis());
        var settings = new Properties();
        settings.put("mail.transport.protocol", protocol);
        settings.put(before + "connectiontimeout", millis);
        settings.put(before + "timeout", millis);
        settings.put(before + "writetimeout", millis);
        settings.put(before + "auth", String.valueOf(properties.user() != null));
        settings.put(before + "from", properties.from());
        settings.put(before + "localhost", properties.domain());
        settings.put(before + "quitwait", "false");
        settings.put(before + "ssl.checkserveridentity", "true");
        settings.put(before + "starttls.enable", String.valueOf(properties.security() == Security.STARTTLS));
        settings.put(before + "starttls.required", String.valueOf(properties.security() == Security.STARTTLS));
        return settings;
    }

    Said send(Letter letter) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("no mail server is called inside a transaction");
        }
        try {
            var message = message(letter);
            var server = session.getTransport();
            try {
                server.connect(properties.host(), properties.usedPort(), properties.user(), properties.password());
                return handOver(server, message);
            } finally {
                leave(server);
            }
        } catch (MessagingException e) {
            return new Said.Later(reason(e), false);
        }
    }

    /** It has said what matters, so that it says no goodbye changes nothing. */
    private static void leave(Transport server) {
        try {
            server.close();
        } catch (MessagingException e) {
            // the connection is closed all the same
        }
    }

    private static Said handOver(Transport server, MimeMessage message) {
        try {
            server.sendMessage(message, message.getAllRecipients());
            return new Said.Taken();
        } catch (MessagingException e) {
            var address = find(e, SMTPAddressFailedException.class);
            if (address != null) {
                return isForGood(address) ? new Said.AddressRefused() : new Said.Later(reason(address), false);
            }
            boolean answered = number(e) >= 400;
            return new Said.Later(reason(e), !answered);
        }
    }

    private static boolean isForGood(SMTPAddressFailedException refusal) {
        int number = refusal.getReturnCode();
        var said = refusal.getMessage() == null ? "" : refusal.getMessage();
        return number >= 500
                && !ABOUT_US.contains(number)
                && !POLICY.matcher(said).matches();
    }

    private MimeMessage message(Letter letter) throws MessagingException {
        var message = new Identified(session, letter.id());
        message.setFrom(sender());
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(letter.to(), true));
        message.setSubject(letter.subject(), "UTF-8");
        message.setHeader("Date", DATE.format(clock.instant().atOffset(ZoneOffset.UTC)));
        message.setHeader("Auto-Submitted", "auto-generated");
        if (letter.answers() != null) {
            message.setHeader("In-Reply-To", "<" + letter.answers() + ">");
            message.setHeader("References", "<" + letter.answers() + ">");
        }
        if (letter.unsubscribe() != null) {
            message.setHeader("List-Unsubscribe", "<" + letter.unsubscribe() + ">");
            message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        var both = new MimeMultipart("alternative", part(letter.text(), "plain"), part(letter.html(), "html"));
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    private InternetAddress sender() throws MessagingException {
        try {
            var sender = new InternetAddress(properties.from(), true);
            sender.setPersonal("Kontor");
            return sender;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, "UTF-8", subtype);
        return part;
    }

    /** Jakarta Mail would give it another id each time. */
    private static final class Identified extends MimeMessage {

        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + ">");
        }
    }

    private static <T extends Exception> @Nullable T find(MessagingException from, Class<T> type) {
        for (Exception e = from; e != null; e = e instanceof MessagingException one ? one.getNextException() : null) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
        }
        return null;
    }

    private static int number(MessagingException from) {
        var failed = find(from, SMTPSendFailedException.class);
        if (failed != null) {
            return failed.getReturnCode();
        }
        var sender = find(from, SMTPSenderFailedException.class);
        return sender == null ? 0 : sender.getReturnCode();
    }

    private static String reason(MessagingException e) {
        int number = e instanceof SMTPAddressFailedException address ? address.getReturnCode() : number(e);
        var last = e.getNextException() == null ? e : e.getNextException();
        return number > 0 ? "it answers " + number : last.getClass().getSimpleName();
    }
}
