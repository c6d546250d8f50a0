#include "index/index_status.h"

#include <stdio.h>

#include "index/catalog.h"
#include "index/format.h"
#include "index/xapian_error.h"

static void count_note(const catalog_note *from, visit_problem visit, void *user, index_status *to)
{
    to->notes++;
    for (size_t i = 0; i < from->talk_count; i++)
        ++*(from->talks[i].leftover ? &to->leftovers : &to->talks);
    if (from->problem.length) {
        to->problems++;
        visit(from->root, from->path, from->problem, user);
    }
}

lc_status index_status_read(const char *index_path, visit_problem visit, void *user,
                            index_status *out, lc_error *error)
{
    xs_error said;
    xs_reader *reader;
    catalog *notes = NULL;
    xs_status opened = xs_reader_open(index_path, &reader, &said);
    if (opened != XS_OK)
        return from_xapian(opened, &said, index_path, error);
    lc_status status = catalog_load(reader, index_path, &notes, error);
    xs_reader_free(reader);
    if (status == LC_OK)
        status = catalog_read_details(notes, index_path, error);
    if (status != LC_OK) {
        catalog_free(notes);
        return status;
    }
    *out = (index_status){0};
    snprintf(out->version, sizeof out->version, "%s", INDEX_VERSION);
    for (size_t i = 0; i < notes->count; i++)
        count_note(&notes->notes[i], visit, user, out);
    catalog_free(notes);
    return LC_OK;
}
