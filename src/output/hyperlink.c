#include "output/hyperlink.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

const hyperlink HYPERLINKS[] = {
    {"none", ""},
    {"default", "file://{host}{path}"},
    {"file", "file://{host}{path}"},
    {"cursor", "cursor://file{path}:{line}:{column}"},
    {"grep+", "grep+://{path}:{line}"},
    {"kitty", "file://{host}{path}#{line}"},
    {"macvim", "mvim://open?url=file://{path}&line={line}&column={column}"},
    {"textmate", "txmt://open?url=file://{path}&line={line}&column={column}"},
    {"vscode", "vscode://file{path}:{line}:{column}"},
    {"vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"},
    {"vscodium", "vscodium://file{path}:{line}:{column}"},
    {NULL, NULL},
};

static bool knows(span name)
{
    static const char *const names[] = {"path", "line", "column", "host"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (span_equal(name, span_of(names[i])))
            return true;
    return false;
}

static lc_status check_form(const char *text, lc_error *error)
{
    bool path = false;
    for (span rest = span_of(text); rest.length;) {
        size_t open = span_find_byte(rest, '{');
        if (open == SPAN_NOT_FOUND)
            break;
        rest = span_from(rest, open + 1);
        size_t close = span_find_byte(rest, '}');
        span name = span_slice(rest, 0, close == SPAN_NOT_FOUND ? rest.length : close);
        if (close == SPAN_NOT_FOUND || !knows(name))
            return lc_fail(error, LC_BAD_INPUT,
                           "--hyperlink-format: {%.*s} is not known; there are {path} {line} "
                           "{column} {host}",
                           SPAN_ARG(name));
        path = path || span_equal(name, SPAN("path"));
        rest = span_from(rest, close + 1);
    }
    if (path)
        return LC_OK;
    return lc_fail(error, LC_BAD_INPUT,
                   "--hyperlink-format %s: not known; name one that --help lists, or write a form "
                   "with {path}",
                   text);
}

lc_status hyperlink_choose(const char *text, hyperlink *out, lc_error *error)
{
    for (const hyperlink *h = HYPERLINKS; h->name; h++)
        if (strcmp(h->name, text) == 0) {
            *out = *h;
            return LC_OK;
        }
    *out = (hyperlink){text, text};
    return check_form(text, error);
}

/* Everything but what a URL's path may hold as it is. */
static void print_encoded(FILE *to, span path)
{
    for (size_t i = 0; i < path.length; i++) {
        char c = path.at[i];
        if (byte_is_alnum(c) || strchr("/-._~:", c))
            fputc(c, to);
        else
            fprintf(to, "%%%02X", (unsigned char)c);
    }
}

static void print_host(FILE *to)
{
    char name[HOST_NAME_MAX + 1];
    if (gethostname(name, sizeof name) == 0)
        print_encoded(to, (span){name, strnlen(name, sizeof name)});
}

static void print_part(FILE *to, span name, span path, uint32_t line)
{
    if (span_equal(name, SPAN("path")))
        print_encoded(to, path);
    else if (span_equal(name, SPAN("line")))
        fprintf(to, "%u", line);
    else if (span_equal(name, SPAN("column")))
        fputc('1', to);
    else
        print_host(to);
}

void hyperlink_begin(FILE *to, const hyperlink *by, span path, uint32_t line)
{
    if (!by || !by->form[0])
        return;
    fputs("\x1b]8;;", to);
    for (const char *c = by->form; *c; c++) {
        const char *close = *c == '{' ? strchr(c, '}') : NULL;
        if (close) {
            print_part(to, span_between(c + 1, close), path, line);
            c = close;
        } else if ((unsigned char)*c >= 0x20 && *c != 0x7F) {
            fputc(*c, to);
        }
    }
    fputs("\x1b\\", to);
}

void hyperlink_end(FILE *to, const hyperlink *by)
{
    if (by && by->form[0])
        fputs("\x1b]8;;\x1b\\", to);
}
