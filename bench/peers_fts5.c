/* SQLite's FTS5 with the porter tokenizer, in this process, over the same talks. */
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "peers.h"
#include "speed_texts.h"

#define DATABASE "fts5.db"

static const char *fts5_missing(const speed_place *at)
{
    (void)at;
    return sqlite3_compileoption_used("ENABLE_FTS5") ? NULL : "this SQLite was built without FTS5";
}

static void fts5_version(buffer *to)
{
    buffer_add_text(to, sqlite3_libversion());
}

static lc_status fail(sqlite3 *db, lc_error *error)
{
    return lc_fail(error, LC_IO, "FTS5: %s", sqlite3_errmsg(db));
}

static lc_status execute(sqlite3 *db, const char *sql, lc_error *error)
{
    return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK ? LC_OK : fail(db, error);
}

static int bind_span(sqlite3_stmt *to, int at, span text)
{
    return sqlite3_bind_text(to, at, text.at ? text.at : "", (int)text.length, SQLITE_STATIC);
}

static lc_status open_database(const speed_place *at, sqlite3 **db_out, lc_error *error)
{
    char *path = path_join(at->work, DATABASE);
    lc_status status = sqlite3_open(path, db_out) == SQLITE_OK ? LC_OK : fail(*db_out, error);
    free(path);
    return status;
}

/* ---- indexing: one transaction, content kept, as it is needed to show results ---- */

static lc_status insert_all(sqlite3 *db, const speed_texts *texts, lc_error *error)
{
    sqlite3_stmt *insert;
    if (sqlite3_prepare_v2(db, "INSERT INTO talks VALUES (?, ?, ?, ?)", -1, &insert, NULL) !=
        SQLITE_OK)
        return fail(db, error);
    lc_status status = LC_OK;
    for (size_t i = 0; i < texts->count && status == LC_OK; i++) {
        for (int c = 0; c < TEXT_COLUMNS; c++)
            bind_span(insert, c + 1, texts->items[i].column[c]);
        if (sqlite3_step(insert) != SQLITE_DONE)
            status = fail(db, error);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    return status;
}

static lc_status fill(sqlite3 *db, const speed_texts *texts, lc_error *error)
{
    lc_status status = execute(db,
                               "PRAGMA journal_mode = off; PRAGMA synchronous = off;"
                               "CREATE VIRTUAL TABLE talks USING fts5(title, speakers, event, body,"
                               " tokenize = \"porter unicode61 remove_diacritics 2\"); BEGIN;",
                               error);
    if (status == LC_OK)
        status = insert_all(db, texts, error);
    if (status == LC_OK)
        status = execute(db, "COMMIT; INSERT INTO talks(talks) VALUES ('optimize');", error);
    return status;
}

static lc_status fts5_build(const speed_place *at, lc_error *error)
{
    sqlite3 *db = NULL;
    speed_texts texts;
    char *path = path_join(at->work, DATABASE);
    unlink(path);
    free(path);
    lc_status status = speed_texts_read(at->texts, &texts, error);
    if (status != LC_OK)
        return status;
    status = open_database(at, &db, error);
    if (status == LC_OK)
        status = fill(db, &texts, error);
    sqlite3_close(db);
    speed_texts_free(&texts);
    return status;
}

/* ---- queries ---- */

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *find, *count;
} fts5;

static bool fts5_answers(speed_class class)
{
    return class != SPEED_FUZZY && class != SPEED_FACETS && class != SPEED_SUGGEST &&
           class != SPEED_WORDS;
}

static void fts5_close(void *state)
{
    fts5 *s = state;
    sqlite3_finalize(s->find);
    sqlite3_finalize(s->count);
    sqlite3_close(s->db);
    free(s);
}

static lc_status fts5_open(const speed_peer *self, const speed_place *at, void **state_out,
                           lc_error *error)
{
    (void)self;
    fts5 *made = xcalloc(1, sizeof *made);
    lc_status status = open_database(at, &made->db, error);
    if (status == LC_OK &&
        (sqlite3_prepare_v2(made->db,
                            "SELECT * FROM talks WHERE talks MATCH ? ORDER BY rank LIMIT 10", -1,
                            &made->find, NULL) != SQLITE_OK ||
         sqlite3_prepare_v2(made->db, "SELECT count(*) FROM talks WHERE talks MATCH ?", -1,
                            &made->count, NULL) != SQLITE_OK))
        status = fail(made->db, error);
    if (status == LC_OK)
        *state_out = made;
    else
        fts5_close(made);
    return status;
}

static void add_quoted(buffer *to, span word)
{
    buffer_add_byte(to, '"');
    for (size_t i = 0; i < word.length; i++) {
        if (word.at[i] == '"')
            buffer_add_byte(to, '"');
        buffer_add_byte(to, word.at[i]);
    }
    buffer_add_byte(to, '"');
}

/* The query in FTS5's language. */
static void write_match(const speed_query *what, buffer *to)
{
    const char *between = what->class == SPEED_PHRASE                                ? " + "
                          : what->class == SPEED_OR2 || what->class == SPEED_OR_MANY ? " OR "
                                                                                     : " AND ";
    if (what->class == SPEED_FIELD)
        buffer_add_text(to,
                        span_equal(what->field, SPAN("title")) ? "title : ( " : "speakers : ( ");
    for (size_t i = 0; i < what->word_count; i++) {
        if (i)
            buffer_add_text(to, between);
        add_quoted(to, what->words[i]);
    }
    if (what->class == SPEED_PREFIX)
        buffer_add_text(to, " *");
    if (what->class == SPEED_FIELD)
        buffer_add_text(to, " )");
}

/* Steps through the rows, reading every column. */
static lc_status run(fts5 *s, sqlite3_stmt *statement, const speed_query *what, size_t *last_out,
                     lc_error *error)
{
    buffer match = {0};
    int step;
    write_match(what, &match);
    bind_span(statement, 1, buffer_span(&match));
    while ((step = sqlite3_step(statement)) == SQLITE_ROW) {
        for (int c = 0; c < sqlite3_column_count(statement); c++)
            sqlite3_column_text(statement, c);
        if (last_out)
            *last_out = (size_t)sqlite3_column_int64(statement, 0);
    }
    lc_status status = step == SQLITE_DONE ? LC_OK : fail(s->db, error);
    sqlite3_reset(statement);
    buffer_free(&match);
    return status;
}

static lc_status fts5_query(void *state, const speed_query *what, lc_error *error)
{
    fts5 *s = state;
    return run(s, s->find, what, NULL, error);
}

static lc_status fts5_count(void *state, const speed_query *what, size_t *count_out,
                            lc_error *error)
{
    fts5 *s = state;
    *count_out = 0;
    return run(s, s->count, what, count_out, error);
}

const speed_peer PEER_FTS5 = {
    .name = "fts5",
    .summary = "SQLite FTS5, porter, in process; its input is the talks' text, already extracted",
    .counts_talks = true,
    .missing = fts5_missing,
    .version = fts5_version,
    .build = fts5_build,
    .files = DATABASE,
    .answers = fts5_answers,
    .open = fts5_open,
    .query = fts5_query,
    .count = fts5_count,
    .close = fts5_close,
};
