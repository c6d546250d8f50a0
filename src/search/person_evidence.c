#include "search/person_evidence.h"

#include <stdlib.h>
#include <xxhash.h>

#include "index/fields.h"
#include "index/format.h"

/* Somebody with more talks is known well enough by these. */
enum { TALKS_MAX = 200 };

typedef struct {
    person_evidence *to;
    arena *memory;
} reading;

static bool add_talk(uint32_t docid, uint32_t wdf, void *user)
{
    reading *r = user;
    (void)wdf;
    ARENA_ADD(r->memory, r->to->docids, r->to->docid_count, r->to->docid_capacity, docid);
    return r->to->docid_count < TALKS_MAX;
}

static bool add_mark(const char *name, size_t length, uint32_t wdf, void *user)
{
    reading *r = user;
    (void)wdf;
    uint64_t mark = XXH3_64bits(name, length);
    ARENA_ADD(r->memory, r->to->marks, r->to->mark_count, r->to->mark_capacity, mark);
    return true;
}

static int compare_marks(const void *left, const void *right)
{
    const uint64_t *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

static xs_status add_marks(const xs_reader *reader, field_id id, reading *to, xs_error *said)
{
    span prefix = arena_printf(to->memory, PREFIX_VALUE "%s:", FIELDS[id].prefix);
    xs_status status = XS_OK;
    for (size_t i = 0; i < to->to->docid_count && status == XS_OK; i++)
        status = xs_reader_each_doc_term(reader, to->to->docids[i], prefix.at, prefix.length,
                                         add_mark, to, said);
    return status;
}

xs_status evidence_read(const xs_reader *reader, span name, arena *memory, person_evidence *out,
                        xs_error *said)
{
    if (out->read)
        return XS_OK;
    reading to = {out, memory};
    span term =
        arena_printf(memory, PREFIX_VALUE "%s:%.*s", FIELDS[FIELD_SPEAKER].prefix, SPAN_ARG(name));
    xs_status status = xs_reader_each_posting(reader, term.at, term.length, add_talk, &to, said);
    if (status == XS_OK)
        status = add_marks(reader, FIELD_EVENT, &to, said);
    if (status == XS_OK)
        status = add_marks(reader, FIELD_ORG, &to, said);
    if (out->mark_count)
        qsort(out->marks, out->mark_count, sizeof *out->marks, compare_marks);
    out->read = status == XS_OK;
    return status;
}

bool evidence_agrees(const person_evidence *a, const person_evidence *b)
{
    for (size_t i = 0, k = 0; i < a->mark_count && k < b->mark_count;) {
        if (a->marks[i] == b->marks[k])
            return true;
        if (a->marks[i] < b->marks[k])
            i++;
        else
            k++;
    }
    return false;
}

bool evidence_parts(const person_evidence *a, const person_evidence *b)
{
    for (size_t i = 0, k = 0; i < a->docid_count && k < b->docid_count;) {
        if (a->docids[i] == b->docids[k])
            return true;
        if (a->docids[i] < b->docids[k])
            i++;
        else
            k++;
    }
    return false;
}
