package dev.kontor.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A module's migrations touch its own schema and nothing else. */
class MigrationTests {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    @Test
    void migrationsTouchOnlyTheirModulesSchema() throws IOException {
        assertThat(MIGRATIONS.resolve("__root")).isNotEmptyDirectory();
        assertThat(new Migrations(MIGRATIONS).faults(SqlRules.schemas())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            create table lines (id uuid)                                   | touches create table lines
            create table if not exists accounts.lines (id uuid)            | names accounts.lines
            alter table public.lines add column at timestamptz             | touches alter table public.lines
            create index concurrently a_idx on lines (id)                  | touches create index concurrently a_idx on lines
            create table orders.a (b uuid references accounts.accounts)    | names accounts.accounts
            create table orders.a (b uuid references users (id))           | touches references users
            insert into orders.a select id from accounts.accounts          | names accounts.accounts
            update lines set id = null                                     | touches update lines
            create schema if not exists accounts                           | makes the schema accounts
            """)
    void findsAPlantedForeigner(String sql, String fault, @TempDir Path folder) throws IOException {
        plant(folder, "orders/V1__planted.sql", sql);
        assertThat(new Migrations(folder).faults(SqlRules.schemas())).anyMatch(it -> it.contains(": " + fault));
    }

    @Test
    void findsAFolderOfNoModuleAndAFileWithoutAVersion(@TempDir Path folder) throws IOException {
        plant(folder, "order/V1__planted.sql", "select 1");
        plant(folder, "orders/planted.sql", "select 1");
        assertThat(new Migrations(folder).faults(SqlRules.schemas()))
                .containsExactly(
                        "order/V1__planted.sql: no module order",
                        "orders/planted.sql: not named V1__words_of_what_it_does.sql");
    }

    @Test
    void acceptsWhatAModuleMayDo(@TempDir Path folder) throws IOException {
        plant(folder, "orders/V1__planted.sql", """
                create schema if not exists orders; -- accounts.accounts is not ours
                create table orders.orders (id uuid primary key, account uuid not null) partition by hash (id);
                create table orders.orders_0 partition of orders.orders for values with (modulus 1, remainder 0);
                create unique index orders_by_account on orders.orders (account, id) where id is not null;
                create table orders.lines (order_id uuid references orders.orders on delete cascade);
                insert into orders.lines (order_id) values ('0') on conflict (order_id) do update set order_id = '1';
                """);
        assertThat(new Migrations(folder).faults(SqlRules.schemas())).isEmpty();
    }

    private static void plant(Path folder, String file, String sql) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), sql);
    }
}
