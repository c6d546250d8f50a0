#include "cli/last.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

struct last_hits {
    buffer lines; /* rank id match-line */
};

last_hits *last_new(void)
{
    return xcalloc(1, sizeof(last_hits));
}

void last_free(last_hits *what)
{
    if (what)
        buffer_free(&what->lines);
    free(what);
}

void last_add(last_hits *to, size_t rank, span id, uint32_t match_line)
{
    buffer_printf(&to->lines, "%zu %.*s %u\n", rank, SPAN_ARG(id), match_line);
}

/* STATE/last-dev-pts-3; NULL when there is no terminal. free() it. */
static char *state_path(void)
{
    char name[128];
    int found = -1;
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO && found != 0; fd++)
        found = ttyname_r(fd, name, sizeof name);
    char *folder = found == 0 ? xdg_folder("XDG_STATE_HOME", ".local/state") : NULL;
    if (!folder)
        return NULL;
    buffer file = {0};
    buffer_printf(&file, "last%s", name);
    for (size_t i = 0; i < file.length; i++)
        if (file.at[i] == '/')
            file.at[i] = '-';
    char *path = path_join(folder, file.at);
    buffer_free(&file);
    free(folder);
    return path;
}

/* Terminals' names are used again: the session's process tells one from another. */
static void add_session(buffer *to)
{
    buffer_printf(to, "session %ld\n", (long)getsid(0));
}

void last_keep(const last_hits *what)
{
    char *path = state_path();
    if (!path)
        return;
    char *folder = xstrdup(path_folder(span_of(path)));
    buffer text = {0};
    add_session(&text);
    buffer_add(&text, buffer_span(&what->lines));
    if (folder_make(folder, NULL) == LC_OK)
        file_replace(path, buffer_span(&text), NULL);
    buffer_free(&text);
    free(folder);
    free(path);
}

/* The lines of this session's last search; false when there was none. */
static bool read_lines(buffer *text, span *lines_out)
{
    char *path = state_path();
    buffer session = {0};
    bool read = path && file_read(path, 0, text, NULL, NULL) == LC_OK;
    add_session(&session);
    bool same = read && span_starts_with(buffer_span(text), buffer_span(&session));
    *lines_out = same ? span_from(buffer_span(text), session.length) : SPAN_NONE;
    buffer_free(&session);
    free(path);
    return same;
}

static lc_status find_rank(long rank, arena *memory, span *id_out, uint32_t *line_out,
                           lc_error *error)
{
    buffer text = {0};
    span lines;
    *id_out = SPAN_NONE;
    if (!read_lines(&text, &lines)) {
        buffer_free(&text);
        return lc_fail(error, LC_NOT_FOUND,
                       "%ld: nothing was searched on this terminal yet; name a talk by its id, or "
                       "search first",
                       rank);
    }
    while (lines.length && !id_out->length) {
        span line = span_cut_line(&lines);
        if (span_number(span_cut(&line, ' ')) != rank)
            continue;
        *id_out = arena_copy(memory, span_cut(&line, ' '));
        *line_out = (uint32_t)span_number(line);
    }
    buffer_free(&text);
    if (id_out->length)
        return LC_OK;
    return lc_fail(error, LC_NOT_FOUND, "%ld: the last search on this terminal shows no such hit",
                   rank);
}

lc_status last_choose(searcher *in, const char *word, arena *memory, chosen_talk *out,
                      lc_error *error)
{
    long rank = span_number(span_of(word));
    span id = span_of(word);
    *out = (chosen_talk){.match_line = 0};
    lc_status status = rank < 0 ? LC_OK : find_rank(rank, memory, &id, &out->match_line, error);
    if (status == LC_OK)
        status = searcher_talk(in, id, memory, &out->record, error);
    if (status == LC_NOT_FOUND && rank < 0)
        return lc_fail(error, LC_NOT_FOUND,
                       "%s: no talk has this id; lectern search -f '{id} {title}' shows ids", word);
    if (status == LC_NOT_FOUND && out->match_line)
        return lc_fail(error, LC_NOT_FOUND, "%s: this talk is gone from the notes; search again",
                       word);
    return status;
}
