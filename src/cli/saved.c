#include "cli/saved.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"

lc_status saved_load(const location *at, saved_queries *out, lc_error *error)
{
    lc_error why;
    *out = (saved_queries){0};
    if (!at->config_folder)
        return LC_OK;
    out->path = path_join(at->config_folder, "queries");
    lc_status status = file_read(out->path, 0, &out->text, NULL, &why);
    if (status == LC_OK || status == LC_NOT_FOUND)
        return LC_OK;
    if (error)
        *error = why;
    return status;
}

void saved_free(saved_queries *what)
{
    free(what->path);
    buffer_free(&what->text);
    *what = (saved_queries){0};
}

/* False for a line that is no query. */
static bool read_line(span line, span *name_out, span *query_out)
{
    line = span_trim(line);
    if (!line.length || line.at[0] == '#')
        return false;
    *name_out = span_trim(span_cut(&line, '='));
    *query_out = span_trim(line);
    return saved_name_is_good(*name_out) && query_out->length;
}

bool saved_cut(span *rest, span *name_out, span *query_out)
{
    while (rest->length)
        if (read_line(span_cut_line(rest), name_out, query_out))
            return true;
    return false;
}

bool saved_find(void *context, span name, span *text_out)
{
    const saved_queries *in = context;
    span found;
    for (span rest = buffer_span(&in->text); saved_cut(&rest, &found, text_out);)
        if (span_equal(found, name))
            return true;
    return false;
}

bool saved_name_is_good(span name)
{
    for (size_t i = 0; i < name.length; i++)
        if (!byte_is_alnum(name.at[i]) && name.at[i] != '-' && name.at[i] != '_' &&
            name.at[i] != '.')
            return false;
    return name.length > 0;
}

static void add_query(buffer *to, span name, span query)
{
    if (query.length)
        buffer_printf(to, "%.*s = %.*s\n", SPAN_ARG(name), SPAN_ARG(query));
}

lc_status saved_put(saved_queries *in, span name, span query, lc_error *error)
{
    buffer changed = {0};
    bool done = false;
    if (!in->path)
        return lc_fail(error, LC_IO, "no home folder is known; set XDG_CONFIG_HOME");
    if (!in->text.length)
        buffer_add_text(&changed,
                        "# Saved queries: NAME = QUERY; @NAME in a query stands for it.\n");
    for (span rest = buffer_span(&in->text); rest.length;) {
        span line = span_cut_line(&rest), found, text;
        if (read_line(line, &found, &text) && span_equal(found, name)) {
            if (!done)
                add_query(&changed, name, query);
            done = true;
        } else {
            buffer_printf(&changed, "%.*s\n", SPAN_ARG(line));
        }
    }
    if (!done)
        add_query(&changed, name, query);
    char *folder = xstrdup(path_folder(span_of(in->path)));
    lc_status status = folder_make(folder, error);
    if (status == LC_OK)
        status = file_replace(in->path, buffer_span(&changed), error);
    free(folder);
    buffer_free(&in->text);
    in->text = changed;
    return status;
}
