#include "cli/config.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"

static const option *find_option(const option *table, span name)
{
    for (const option *o = table; o && o->name; o++)
        if (span_equal(span_of(o->name), name))
            return o;
    return NULL;
}

static bool any_command_has(span name)
{
    for (const command *const *c = COMMANDS; *c; c++)
        if (find_option((*c)->options, name))
            return true;
    return find_option(COMMON_OPTIONS, name) != NULL;
}

/* Cuts the line in two, and ends the value with a zero byte in place: lines are parted by it. */
static bool cut_setting(char *line, span *name_out, const char **text_out)
{
    char *equals = strchr(line, '=');
    if (!equals)
        return false;
    span text = span_trim(span_of(equals + 1));
    *name_out = span_trim(span_between(line, equals));
    *text_out = text.length ? text.at : "";
    equals[1 + (text.at - (equals + 1)) + (ptrdiff_t)text.length] = '\0';
    return name_out->length > 0;
}

static lc_status apply_line(const command *which, options *given, char *line, const char *path,
                            int number, lc_error *error)
{
    span name;
    const char *text;
    if (line[0] == '#' || !span_trim(span_of(line)).length)
        return LC_OK;
    if (!cut_setting(line, &name, &text))
        return lc_fail(error, LC_BAD_INPUT, "%s:%d: is no setting; write: name = value", path,
                       number);
    if (!any_command_has(name))
        return lc_fail(error, LC_BAD_INPUT,
                       "%s:%d: %.*s: no command has this option; lectern COMMAND --help lists them",
                       path, number, SPAN_ARG(name));
    const option *o = find_option(which->options, name);
    if (!o)
        o = find_option(COMMON_OPTIONS, name);
    if (o && !options_has(given, o->name)) {
        option_given added = {o, text};
        ARRAY_ADD(given->given, given->given_count, given->given_capacity, added);
    }
    return LC_OK;
}

static lc_status apply_text(const command *which, options *given, char *text, const char *path,
                            lc_error *error)
{
    lc_status status = LC_OK;
    int number = 1;
    for (char *line = text; line && status == LC_OK; number++) {
        char *end = strchr(line, '\n');
        if (end)
            *end = '\0';
        status = apply_line(which, given, line, path, number, error);
        line = end ? end + 1 : NULL;
    }
    return status;
}

lc_status config_apply(const command *which, options *given, config *out, lc_error *error)
{
    buffer text = {0};
    lc_error why;
    char *folder = xdg_folder("XDG_CONFIG_HOME", ".config");
    char *path = folder ? path_join(folder, "config") : NULL;
    lc_status status = path ? file_read(path, 0, &text, NULL, &why) : LC_NOT_FOUND;
    *out = (config){text.at};
    if (status == LC_OK && text.at)
        status = apply_text(which, given, text.at, path, error);
    else if (status == LC_NOT_FOUND)
        status = LC_OK;
    else if (status != LC_OK)
        lc_fail(error, status, "%s", why.message);
    free(folder);
    free(path);
    return status;
}

void config_free(config *what)
{
    free(what->text);
}
