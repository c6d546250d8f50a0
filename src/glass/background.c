/*
 * Two batches of entries: the caller fills one while the thread works on the other.
 */
#include "glass/background.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { BATCH_SIZE = 256 * 1024 };

typedef struct {
    glass_table *table;
    size_t key_length, tag_length; /* key and tag follow in the batch's bytes */
} job;

typedef struct {
    job *jobs;
    size_t count, capacity;
    buffer bytes;
} batch;

struct background {
    batch batches[2];
    int filling; /* which one the caller fills */
    bool threaded;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t moved;
    bool working; /* the other batch is the thread's */
    bool stopping;
    lc_status status;
    lc_error said;
};

/* ---- the thread's side ---- */

static lc_status add_all(batch *from, lc_error *error)
{
    span rest = buffer_span(&from->bytes);
    lc_status status = LC_OK;
    for (size_t i = 0; i < from->count && status == LC_OK; i++) {
        const job *now = &from->jobs[i];
        span key = span_slice(rest, 0, now->key_length);
        span tag = span_slice(rest, now->key_length, now->tag_length);
        rest = span_from(rest, now->key_length + now->tag_length);
        status = glass_table_add(now->table, key, tag, error);
    }
    from->count = 0;
    buffer_clear(&from->bytes);
    return status;
}

static void *work(void *background_of)
{
    background *of = background_of;
    pthread_mutex_lock(&of->lock);
    for (;;) {
        while (!of->working && !of->stopping)
            pthread_cond_wait(&of->moved, &of->lock);
        if (of->stopping)
            break;
        batch *given = &of->batches[!of->filling];
        pthread_mutex_unlock(&of->lock);
        lc_error said = {LC_OK, ""};
        lc_status status = add_all(given, &said);
        pthread_mutex_lock(&of->lock);
        if (status != LC_OK) {
            of->status = status;
            of->said = said;
        }
        of->working = false;
        pthread_cond_broadcast(&of->moved);
    }
    pthread_mutex_unlock(&of->lock);
    return NULL;
}

/* ---- the caller's side ---- */

background *background_new(void)
{
    background *made = xcalloc(1, sizeof *made);
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->moved, NULL);
    made->threaded = pthread_create(&made->thread, NULL, work, made) == 0;
    return made;
}

static void stop(background *what)
{
    if (!what->threaded)
        return;
    pthread_mutex_lock(&what->lock);
    what->stopping = true;
    pthread_cond_broadcast(&what->moved);
    pthread_mutex_unlock(&what->lock);
    pthread_join(what->thread, NULL);
    what->threaded = false;
}

void background_free(background *what)
{
    if (!what)
        return;
    stop(what);
    pthread_cond_destroy(&what->moved);
    pthread_mutex_destroy(&what->lock);
    for (int i = 0; i < 2; i++) {
        free(what->batches[i].jobs);
        buffer_free(&what->batches[i].bytes);
    }
    free(what);
}

/* Call with the lock held. */
static lc_status wait_until_done(background *of, lc_error *error)
{
    while (of->working)
        pthread_cond_wait(&of->moved, &of->lock);
    if (of->status != LC_OK && error)
        *error = of->said;
    return of->status;
}

static lc_status hand_over(background *of, lc_error *error)
{
    if (!of->threaded)
        return add_all(&of->batches[of->filling], error);
    pthread_mutex_lock(&of->lock);
    lc_status status = wait_until_done(of, error);
    if (status == LC_OK) {
        of->filling = !of->filling;
        of->working = true;
        pthread_cond_broadcast(&of->moved);
    }
    pthread_mutex_unlock(&of->lock);
    return status;
}

lc_status background_add(background *to, glass_table *table, span key, span tag, lc_error *error)
{
    batch *into = &to->batches[to->filling];
    job given = {table, key.length, tag.length};
    ARRAY_ADD(into->jobs, into->count, into->capacity, given);
    buffer_add(&into->bytes, key);
    buffer_add(&into->bytes, tag);
    return into->bytes.length < BATCH_SIZE ? LC_OK : hand_over(to, error);
}

lc_status background_finish(background *what, lc_error *error)
{
    lc_status status = hand_over(what, error);
    if (status != LC_OK || !what->threaded)
        return status;
    pthread_mutex_lock(&what->lock);
    status = wait_until_done(what, error);
    pthread_mutex_unlock(&what->lock);
    return status;
}
