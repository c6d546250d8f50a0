/* Which writer: the bulk writer for a new index if the installed library can read its format. */
#include "index/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index/writer_kind.h"

/* For tests and for measuring. */
bool index_writer_is_forced(const char *name)
{
    const char *set = getenv("LECTERN_WRITER");
    return set && strcmp(set, name) == 0;
}

lc_status index_writer_open(const char *path, index_writer_mode mode, const char *replaces,
                            index_writer **writer_out, lc_error *error)
{
    lc_error why = {LC_OK, ""};
    bool fresh = mode != WRITE_CHANGES, bulk = fresh && !index_writer_is_forced("api");
    if (bulk && !index_writer_is_forced("bulk"))
        bulk = writer_bulk_check(path, &why) == LC_OK;
    lc_status status = bulk ? writer_bulk_open(path, mode == WRITE_NEW, replaces, writer_out, error)
                            : writer_api_open(path, fresh, writer_out, error);
    if (status == LC_OK)
        (*writer_out)->bulk = bulk;
    if (status == LC_OK && why.message[0])
        snprintf((*writer_out)->note, sizeof(*writer_out)->note,
                 "the index is written the slow way: %.200s", why.message);
    return status;
}

bool index_writer_is_bulk(const index_writer *which)
{
    return which->bulk;
}

const char *index_writer_note(const index_writer *of)
{
    return of->note;
}

lc_status index_writer_add(index_writer *to, const document *what, lc_error *error)
{
    return to->kind->add(to, what, error);
}

lc_status index_writer_remove(index_writer *from, span term_text, lc_error *error)
{
    return from->kind->remove(from, term_text, error);
}

lc_status index_writer_set_meta(index_writer *to, span key, span text, lc_error *error)
{
    return to->kind->set_meta(to, key, text, error);
}

lc_status index_writer_commit(index_writer *to, lc_error *error)
{
    return to->kind->commit(to, error);
}

void index_writer_free(index_writer *what)
{
    if (what)
        what->kind->free(what);
}
