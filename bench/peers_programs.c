/* Programs that people use on a folder of notes: ripgrep without an index, Xapian's omindex with
 * quest. Each query is a whole process. */
#include <stdlib.h>

#include "base/file.h"
#include "peers.h"
#include "speed_process.h"

static const char *missing_program(const char *name, const char *why)
{
    char *found = program_find(name);
    free(found);
    return found ? NULL : why;
}

/* The version number in the first line of `NAME --version`. */
static void program_version(const char *name, buffer *to)
{
    const char *const argv[] = {name, "--version", NULL};
    buffer said = {0};
    int exit_status;
    program_run(argv, NULL, true, &said, NULL, &exit_status, NULL);
    span rest = buffer_span(&said), line = said.length ? span_cut_line(&rest) : SPAN_NONE;
    while (line.length && !byte_is_digit(line.at[0]))
        line = span_from(line, 1);
    buffer_add(to, span_cut(&line, ' '));
    buffer_free(&said);
}

/* ---- ripgrep ---- */

static const char *ripgrep_missing(const speed_place *at)
{
    (void)at;
    return missing_program("rg", "rg is not installed (package ripgrep)");
}

static void ripgrep_version(buffer *to)
{
    program_version("rg", to);
}

/* A scan knows no AND, no fields and no edits. */
static bool ripgrep_answers(speed_class class)
{
    return class == SPEED_ONE || class == SPEED_OR2 || class == SPEED_OR_MANY ||
           class == SPEED_PHRASE || class == SPEED_PREFIX;
}

static lc_status ripgrep_open(const speed_peer *self, const speed_place *at, void **state_out,
                              lc_error *error)
{
    (void)self;
    (void)error;
    *state_out = xstrdup(span_of(at->notes));
    return LC_OK;
}

static void add_pattern(buffer *to, span word)
{
    for (size_t i = 0; i < word.length; i++) {
        if (!byte_is_alnum(word.at[i]) && (unsigned char)word.at[i] < 0x80)
            buffer_add_byte(to, '\\');
        buffer_add_byte(to, word.at[i]);
    }
}

static lc_status ripgrep_run(const char *notes, const speed_query *what, buffer *output,
                             lc_error *error)
{
    buffer pattern = {0};
    int exit_status = 0;
    buffer_add_text(&pattern, "\\b(?:");
    for (size_t i = 0; i < what->word_count; i++) {
        if (i)
            buffer_add_text(&pattern, what->class == SPEED_PHRASE ? "\\s+" : "|");
        add_pattern(&pattern, what->words[i]);
    }
    buffer_add_text(&pattern, what->class == SPEED_PREFIX ? ")" : ")\\b");
    const char *const argv[] = {"rg", "-il", "-e", pattern.at, notes, NULL};
    lc_status status = program_run(argv, NULL, true, output, NULL, &exit_status, error);
    buffer_free(&pattern);
    return status;
}

static lc_status ripgrep_query(void *state, const speed_query *what, lc_error *error)
{
    buffer output = {0};
    lc_status status = ripgrep_run(state, what, &output, error);
    buffer_free(&output);
    return status;
}

static lc_status ripgrep_count(void *state, const speed_query *what, size_t *count_out,
                               lc_error *error)
{
    buffer output = {0};
    lc_status status = ripgrep_run(state, what, &output, error);
    *count_out = 0;
    for (size_t i = 0; i < output.length; i++)
        *count_out += output.at[i] == '\n';
    buffer_free(&output);
    return status;
}

const speed_peer PEER_RIPGREP = {
    .name = "ripgrep",
    .summary = "rg -il, a scan of the files without an index; results are files, not ranked",
    .whole_process = true,
    .missing = ripgrep_missing,
    .version = ripgrep_version,
    .answers = ripgrep_answers,
    .open = ripgrep_open,
    .query = ripgrep_query,
    .count = ripgrep_count,
    .close = free,
};

/* ---- omindex and quest ---- */

#define OMEGA_FOLDER "omega"

static const char *omega_missing(const speed_place *at)
{
    (void)at;
    const char *why = missing_program("omindex", "omindex is not installed (package xapian-omega)");
    return why ? why : missing_program("quest", "quest is not installed (package xapian-tools)");
}

static void omega_version(buffer *to)
{
    program_version("omindex", to);
}

static lc_status omega_build(const speed_place *at, lc_error *error)
{
    int exit_status = 0;
    char *index = path_join(at->work, OMEGA_FOLDER);
    const char *const argv[] = {"omindex",
                                "--db",
                                index,
                                "--url",
                                "/",
                                "--mime-type=md:text/plain",
                                "--mime-type=markdown:text/plain",
                                "--mime-type=mdown:text/plain",
                                at->notes,
                                NULL};
    lc_status status = folder_remove(index, error);
    if (status == LC_OK)
        status = program_run(argv, NULL, true, NULL, NULL, &exit_status, error);
    if (status == LC_OK && exit_status)
        status = lc_fail(error, LC_IO, "omindex failed with status %d", exit_status);
    free(index);
    return status;
}

static bool omega_answers(speed_class class)
{
    return class <= SPEED_PHRASE && class != SPEED_WORDS;
}

static lc_status omega_open(const speed_peer *self, const speed_place *at, void **state_out,
                            lc_error *error)
{
    (void)self;
    (void)error;
    *state_out = path_join(at->work, OMEGA_FOLDER);
    return LC_OK;
}

static lc_status quest_run(const char *index, const speed_query *what, buffer *output,
                           lc_error *error)
{
    int exit_status = 0;
    char *text = xstrdup(what->text);
    const char *const argv[] = {"quest", "-d", index, "-s", "english", "-m", "10", text, NULL};
    lc_status status = program_run(argv, NULL, true, output, NULL, &exit_status, error);
    if (status == LC_OK && exit_status)
        status = lc_fail(error, LC_IO, "quest failed with status %d", exit_status);
    free(text);
    return status;
}

static lc_status omega_query(void *state, const speed_query *what, lc_error *error)
{
    buffer output = {0};
    lc_status status = quest_run(state, what, &output, error);
    buffer_free(&output);
    return status;
}

/* "About 42 matches:", "Exactly 3 matches", "10-20 matches": the last number before the word. */
static lc_status omega_count(void *state, const speed_query *what, size_t *count_out,
                             lc_error *error)
{
    buffer output = {0};
    lc_status status = quest_run(state, what, &output, error);
    span rest = buffer_span(&output);
    *count_out = 0;
    while (rest.length) {
        span word = span_cut(&rest, ' ');
        long number = span_number(word);
        if (span_starts_with(rest, SPAN("matches")) && number >= 0) {
            *count_out = (size_t)number;
            break;
        }
    }
    buffer_free(&output);
    return status;
}

const speed_peer PEER_OMEGA = {
    .name = "omega",
    .summary = "Xapian's omindex and quest; results are files",
    .whole_process = true,
    .missing = omega_missing,
    .version = omega_version,
    .build = omega_build,
    .files = OMEGA_FOLDER,
    .answers = omega_answers,
    .open = omega_open,
    .query = omega_query,
    .count = omega_count,
    .close = free,
};
