#include "cli/paths.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

static lc_status read_input(buffer *to, lc_error *error)
{
    enum { PIECE = 65536 };
    for (;;) {
        ssize_t got = read(STDIN_FILENO, buffer_reserve(to, PIECE), PIECE);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return lc_fail_errno(error, errno, "standard input");
        if (got == 0)
            break;
        to->length += (size_t)got;
    }
    buffer_add_byte(to, '\0');
    return LC_OK;
}

static void add_path(path_list *to, const char *path)
{
    if (path[0])
        ARRAY_ADD(to->items, to->count, to->capacity, path);
}

/* The input becomes texts that end with a zero byte each. */
static void add_input(path_list *to, char end)
{
    char *at = to->input.at, *last = at + to->input.length;
    for (char *c = at; c < last; c++)
        if (*c == end || *c == '\0') {
            if (end == '\n' && c > at && c[-1] == '\r')
                c[-1] = '\0';
            *c = '\0';
            add_path(to, at);
            at = c + 1;
        }
}

lc_status paths_read(const options *given, path_list *out, lc_error *error)
{
    lc_status status = LC_OK;
    *out = (path_list){0};
    for (size_t i = 0; i < given->word_count && status == LC_OK; i++) {
        if (strcmp(given->words[i], "-") != 0) {
            add_path(out, given->words[i]);
        } else if (!out->input.length) {
            status = read_input(&out->input, error);
            if (status == LC_OK)
                add_input(out, options_has(given, "null") ? '\0' : '\n');
        }
    }
    return status;
}

void paths_free(path_list *what)
{
    free(what->items);
    buffer_free(&what->input);
    *what = (path_list){0};
}
