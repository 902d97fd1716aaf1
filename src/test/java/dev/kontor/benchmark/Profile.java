package dev.kontor.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Says in {@code target/benchmark/profile.txt} where the time went: in Java by samples, in the database by statement. */
final class Profile {

    /** Where it would disturb the measurement, it is made only when somebody asks: {@code -Dbenchmark.profile=true}. */
    static final boolean WANTED = Boolean.getBoolean("benchmark.profile");

    private static final int SHOWN = 40;

    private Profile() {}

    static List<String> recording(Path recording) {
        return List.of("-XX:StartFlightRecording=filename=" + recording + ",settings=profile");
    }

    /** @param from what was before is of no interest */
    static void write(String title, Path recording, Instant from, Database database) throws IOException, SQLException {
        var text = "# " + title + "\n\n" + java(recording, from) + "\n" + sql(database) + "\n";
        Files.writeString(
                JavaProcess.DIRECTORY.resolve("profile.txt"),
                text,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String java(Path recording, Instant from) throws IOException {
        var self = new HashMap<String, Integer>();
        var total = new HashMap<String, Integer>();
        int samples = 0;
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (!event.getEventType().getName().equals("jdk.ExecutionSample")
                        || event.getStackTrace() == null
                        || event.getStartTime().isBefore(from)) {
                    continue;
                }
                var frames = event.getStackTrace().getFrames();
                samples++;
                self.merge(name(frames.getFirst()), 1, Integer::sum);
                var seen = new HashSet<String>();
                frames.stream().map(Profile::name).filter(seen::add).forEach(it -> total.merge(it, 1, Integer::sum));
            }
        }
        var kontors = total.entrySet().stream()
                .filter(it -> it.getKey().startsWith("dev.kontor"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return "Java, " + samples + " samples\n\nitself:\n" + top(self, samples) + "\nwith what it calls:\n"
                + top(kontors, samples);
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static String top(Map<String, Integer> counts, int samples) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .map(it -> String.format("%5.1f %%  %s%n", 100.0 * it.getValue() / samples, it.getKey()))
                .collect(Collectors.joining());
    }

    private static String sql(Database database) throws SQLException {
        var text = new StringBuilder("Database: milliseconds in all, calls, rows, blocks, statement\n\n");
        try (var connection = database.open();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select round(total_exec_time)::bigint, calls, rows, shared_blks_hit + shared_blks_read,
                          regexp_replace(query, '\\s+', ' ', 'g')
                        from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
                        order by total_exec_time desc limit 40""")) {
            while (rows.next()) {
                var query = rows.getString(5);
                text.append(String.format(
                        "%8d  %7d  %7d  %9d  %s%n",
                        rows.getLong(1),
                        rows.getLong(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        query.substring(0, Math.min(160, query.length()))));
            }
        }
        return text.toString();
    }
}
