package dev.kontor.audit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.kontor.TestDatabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the database itself refuses, whoever Kontor is there. */
class AppendOnlyTests {

    private static final String ENTRY = """
            insert into audit.entries (id, at, actor_kind, actor_id, actor_name, action, object_type, object_id, correlation,
              mac) values (gen_random_uuid(), now(), 'JOB', 'x', 'x', 'x.done', 'x', 'x', 'x', sha256('x'))""";

    private String url;

    @BeforeEach
    void create() {
        url = TestDatabase.create();
    }

    private Connection as(String user) throws SQLException {
        return DriverManager.getConnection(Logbook.addressFor(url, user));
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** In a statement of its own, and one that would do something. */
    private void assertRefused(String user, String sql) throws SQLException {
        try (var connection = as(user)) {
            run(connection, ENTRY);
            assertThatThrownBy(() -> run(connection, sql))
                    .as(sql)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    /** Kontor brings its PostgreSQL along and is superuser there, as in the compose file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit.entries set action = 'y'",
                "update audit.entries set action = 'y' where false",
                "delete from audit.entries",
                "truncate audit.entries",
                "truncate audit.links",
                "delete from audit.links",
                "update audit.links set sequence = 2",
                "insert into audit.links values (1, gen_random_uuid(), now(), sha256('x')) on conflict (sequence) do update set entry = excluded.entry",
                "merge into audit.entries e using audit.entries f on e.id = f.id when matched then delete",
                "drop trigger entries_are_append_only on audit.entries",
                "alter table audit.entries disable trigger all",
                "alter table audit.entries alter column action drop not null",
                "create trigger another before insert on audit.entries for each row execute function audit.refuse_change()",
                "create or replace function audit.refuse_change() returns trigger language plpgsql as 'begin return null; end'",
                "create rule nothing as on insert to audit.entries do instead nothing",
                "drop function audit.refuse_change() cascade",
                "drop table audit.links",
                "set session_replication_role = replica; delete from audit.entries"
            })
    void evenASuperuserIsRefusedAsLongAsNoGuardIsSwitchedOff(String sql) throws Exception {
        Logbook.migrate(url, "postgres");
        assertRefused("postgres", sql);
    }

    @Test
    void otherSchemasAreNoneOfItsBusiness() throws Exception {
        Logbook.migrate(url, "postgres");
        try (var connection = as("postgres")) {
            run(connection, "create schema audited");
            run(connection, "create table audited.entries (id int); alter table audited.entries add column x int");
            run(connection, "drop table audited.entries");
            run(connection, "drop schema audited");
        }
    }

    /** A user who may make roles hands all of it over, and keeps reading and adding. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update audit.entries set action = 'y'
            delete from audit.entries
            truncate audit.entries
            truncate audit.links
            delete from audit.links
            select 1 from audit.entries for update
            drop trigger entries_are_append_only on audit.entries
            alter table audit.entries disable trigger all
            create or replace function audit.refuse_change() returns trigger language plpgsql as 'begin return null; end'
            drop table audit.links
            drop schema audit cascade
            set role kontor_audit
            create table audit.more (id int)
            """)
    void aUserWhoMayMakeRolesHasNoPrivilegeButToReadAndAdd(String sql) throws Exception {
        user("maker", "createrole");
        try (var connection =
                as("postgres")) { // where another database's Kontor has made the role: as if it were maker's
            run(connection, """
                    do $$ begin
                      if exists (select from pg_roles where rolname = 'kontor_audit') then
                        grant kontor_audit to maker with admin true, inherit false, set false;
                      end if;
                    end $$""");
        }
        Logbook.migrate(url, "maker");
        assertRefused("maker", sql);
        try (var connection = as("maker");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from audit.entries")) {
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(1);
        }
    }

    /** There is nobody to hand it over to. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit.entries set action = 'y'",
                "delete from audit.entries",
                "truncate audit.entries",
                "truncate audit.links",
                "delete from audit.links"
            })
    void aUserWhoMayNothingElseIsRefusedByTheTriggers(String sql) throws Exception {
        user("plain", "");
        Logbook.migrate(url, "plain");
        assertRefused("plain", sql);
    }

    /** What adr/0031 tells an administrator of the database to do before Kontor's first start. */
    @Test
    void aUserWhoWasLentTheRoleHasNoPrivilegeButToReadAndAddWhenItIsTakenBack() throws Exception {
        user("lent", "");
        try (var connection = as("postgres")) {
            run(
                    connection,
                    "do 'begin create role kontor_audit nologin; exception when duplicate_object then null; end'");
            run(connection, "grant kontor_audit to lent");
            run(connection, "grant create on database " + connection.getCatalog() + " to lent with grant option");
        }
        Logbook.migrate(url, "lent");
        try (var connection = as("postgres")) {
            run(connection, "revoke kontor_audit from lent");
        }
        assertRefused("lent", "update audit.entries set action = 'y'");
        assertRefused("lent", "drop trigger entries_are_append_only on audit.entries");
        assertRefused("lent", "drop schema audit cascade");
    }

    private void user(String name, String attributes) throws SQLException {
        try (var connection = as("postgres")) {
            run(
                    connection,
                    "do 'begin create role %s login %s; exception when duplicate_object then null; end'"
                            .formatted(name, attributes));
            run(connection, "alter database %s owner to %s".formatted(connection.getCatalog(), name));
            run(connection, "alter schema public owner to " + name);
        }
    }
}
