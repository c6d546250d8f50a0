#include "notes/neighbours.h"

#include "base/file.h"

static span folder_of(const note_source *source)
{
    return span_slice(source->path, 0, source->path.length - path_name(source->path).length);
}

static span key_of(const finding *f, const char *what, int level)
{
    const note_source *source = f->in->source;
    return arena_printf(f->in->memory, "%s:%d:%.*s/%.*s", what, level, SPAN_ARG(source->root_name),
                        SPAN_ARG(folder_of(source)));
}

static const node *node_at(const finding *f, int heading)
{
    for (size_t n = 0; n < f->count; n++)
        if ((int)f->nodes[n].block == heading)
            return &f->nodes[n];
    return NULL;
}

/* The level at which two talks and more begin with a sign of their own, -1 when there is none. */
static int level_of_talks(const finding *f)
{
    size_t at[LEVEL_BOLD + 1] = {0};
    int best = 0;
    for (size_t i = 0; i < f->out->count; i++) {
        const talk_place *place = &f->out->items[i];
        const node *heading = place->origin == ORIGIN_HEADING ? node_at(f, place->heading) : NULL;
        if (heading && heading->sign >= SIGN_STRONG)
            at[heading->level]++;
    }
    for (int level = 0; level <= LEVEL_BOLD; level++)
        best = at[level] > at[best] ? level : best;
    return at[best] >= 2 ? best : -1;
}

static bool shows_its_speaker(const finding *f)
{
    return f->in->front_speaker || (f->count && f->nodes[0].sign >= SIGN_STRONG);
}

void neighbours_tell(const finding *f)
{
    int level = f->out->collection ? level_of_talks(f) : -1;
    if (level >= 0)
        keys_add(f->in->tells, f->in->memory, key_of(f, "talks-at", level));
    else if (f->out->count == 1 && !f->out->collection && shows_its_speaker(f))
        keys_add(f->in->tells, f->in->memory, key_of(f, "one-talk", 0));
}

static uint32_t ask_for(const finding *f, span key)
{
    keys_add(f->in->asks, f->in->memory, key);
    return facts_count(f->in->known, key);
}

bool neighbours_have_talks_at(const finding *f, int level)
{
    uint32_t many = ask_for(f, key_of(f, "talks-at", level));
    return many && many > ask_for(f, key_of(f, "one-talk", 0));
}
