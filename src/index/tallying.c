#include "index/tallying.h"

#include <stdlib.h>
#include <string.h>

/* Stable, because equal keys keep the order of the note. */
static int compare_talks(const void *left, const void *right)
{
    const catalog_talk *const *a = left, *const *b = right;
    if ((*a)->id_key != (*b)->id_key)
        return (*a)->id_key < (*b)->id_key ? -1 : 1;
    return (*a > *b) - (*a < *b);
}

typedef struct {
    const catalog_talk **items;
    size_t count;
} talk_list;

/* Without the texts that belong to no talk. */
static talk_list sorted_talks(const catalog_talk *from, size_t count)
{
    talk_list list = {xmalloc((count + 1) * sizeof(catalog_talk *)), 0};
    for (size_t i = 0; i < count; i++)
        if (!from[i].leftover)
            list.items[list.count++] = &from[i];
    qsort(list.items, list.count, sizeof(catalog_talk *), compare_talks);
    return list;
}

static void tally_rewritten(const catalog_note *what, tally *to)
{
    talk_list before = sorted_talks(what->before, what->before_count);
    talk_list now = sorted_talks(what->talks, what->talk_count);
    size_t b = 0, n = 0;
    while (b < before.count && n < now.count) {
        const catalog_talk *old = before.items[b], *new = now.items[n];
        if (old->id_key == new->id_key) {
            ++*(old->hash == new->hash ? &to->unchanged : &to->changed);
            b++, n++;
        } else if (old->id_key < new->id_key) {
            to->removed++, b++;
        } else {
            to->added++, n++;
        }
    }
    to->removed += before.count - b;
    to->added += now.count - n;
    free(before.items);
    free(now.items);
}

static size_t count_talks(const catalog_note *of)
{
    size_t count = 0;
    for (size_t i = 0; i < of->talk_count; i++)
        count += !of->talks[i].leftover;
    return count;
}

void tally_note(const catalog_note *what, refresh_report *to)
{
    tally *notes = &to->notes;
    ++*(what->fresh ? &notes->added : what->new_bytes ? &notes->changed : &notes->unchanged);
    if (what->rewritten)
        tally_rewritten(what, &to->talks);
    else
        to->talks.unchanged += count_talks(what);
}

void tally_removed(const catalog_note *gone, refresh_report *to)
{
    to->notes.removed++;
    to->talks.removed += count_talks(gone);
}
