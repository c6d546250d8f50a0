#include "index/renewal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "index/place.h"
#include "index/vectors.h"

enum {
    /* Every third. Processor time in seconds, a talk a note or so, in place and anew:
     *   of  20,000 notes  4,000: 3.8 6.5   8,900: 11.2 6.9   13,900: 15.4 6.6
     *   of   2,000          500: .38 .73     700:  .78 .78
     *   of     400          200: .12 .15     400:  .27 .18
     * Anew is nearly a third quicker by the clock where there are two processors, but needs room
     * for a second index. */
    FRACTION = 3,
    FEW_NOTES = 100 /* read are 50 ms either way: not worth giving the index another place */
};

/* ---- how much there is to read ---- */

static bool pays(const indexing *in, size_t notes)
{
    if (index_writer_is_forced("bulk"))
        return notes > 0;
    return notes >= FEW_NOTES && notes > in->catalog->count / FRACTION &&
           !index_writer_is_forced("api");
}

static size_t count_changed(const catalog *in)
{
    size_t count = 0;
    for (size_t i = 0; i < in->count; i++)
        count += in->notes[i].now != NULL;
    return count;
}

/* After a build, or when all notes were copied, every stamp is new and hardly a byte. */
static void pass_touched(indexing *in)
{
    for (size_t i = 0; i < in->catalog->count; i++)
        if (in->catalog->notes[i].now)
            indexing_pass_touched(in, &in->catalog->notes[i]);
}

/* ---- what a renewal would lose ---- */

static bool can_be_opened(const catalog_note *what)
{
    buffer path = {0};
    buffer_printf(&path, "%.*s/%.*s", SPAN_ARG(what->root), SPAN_ARG(what->path));
    int file = open(path.at, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    buffer_free(&path);
    if (file >= 0)
        close(file);
    return file >= 0;
}

/* A new note that can't be read has nothing to lose. */
static bool would_lose(const indexing *in)
{
    for (size_t i = 0; i < in->catalog->count; i++) {
        const catalog_note *n = &in->catalog->notes[i];
        if (n->seen && (n->talk_count || !n->now) && !can_be_opened(n))
            return true;
    }
    return in->report->missing_roots > 0;
}

bool renewal_pays(indexing *in)
{
    if (in->in_place || !pays(in, count_changed(in->catalog)))
        return false;
    pass_touched(in);
    return pays(in, count_changed(in->catalog)) && !would_lose(in);
}

/* ---- doing it ---- */

bool renewal_begin(indexing *in, const char *beside)
{
    const char *path = in->writer_path;
    in->writer_path = beside;
    in->fresh = in->deferring = true;
    lc_status status = place_prepare(beside, NULL);
    if (status == LC_OK)
        status = indexing_writer(in, NULL);
    if (status == LC_OK && index_writer_is_bulk(in->writer)) {
        vectors_carry_over(path, beside);
        return in->renewing = true;
    }
    index_writer_free(in->writer);
    in->writer = NULL;
    in->writer_path = path;
    in->fresh = in->deferring = false;
    folder_remove(beside, NULL);
    return false;
}

void renewal_forget(catalog *what)
{
    catalog_touch_all(what);
    for (size_t i = 0; i < what->count; i++) {
        catalog_note *n = &what->notes[i];
        n->before = n->talks;
        n->before_count = n->talk_count;
        n->rewritten = true;
        n->talks = NULL;
        n->talk_count = 0;
    }
}
