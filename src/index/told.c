#include "index/told.h"

#include <string.h>

#include "index/catalog.h"
#include "index/format.h"
#include "index/xapian_error.h"

static bool is_this_version(const xs_reader *reader)
{
    char *text;
    size_t length;
    if (xs_reader_get_meta(reader, META_VERSION, strlen(META_VERSION), &text, &length, NULL) !=
        XS_OK)
        return false;
    bool same = span_equal((span){text, length}, SPAN(INDEX_VERSION));
    xs_free(text);
    return same;
}

lc_status index_told(const location *at, visit_told visit, void *user, lc_error *error)
{
    xs_error said;
    xs_reader *reader;
    catalog *notes = NULL;
    xs_status opened = xs_reader_open(at->index, &reader, &said);
    if (opened != XS_OK)
        return from_xapian(opened, &said, at->index, error);
    lc_status status = LC_OK;
    if (!is_this_version(reader))
        status = lc_fail(error, LC_OLD_INDEX, "the index was written by another version");
    if (status == LC_OK)
        status = catalog_load(reader, at->index, &notes, error);
    xs_reader_free(reader);
    if (status == LC_OK)
        status = catalog_read_details(notes, at->index, error);
    for (size_t i = 0; status == LC_OK && i < notes->count; i++)
        visit(notes->notes[i].root, notes->notes[i].path, &notes->notes[i].tells, user);
    catalog_free(notes);
    return status;
}
