#include "base/ahead.h"

#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"

/* The one that takes what they made is busy long before; each has memory of its own. */
enum { THREADS_MAX = 8 };

struct ahead {
    const ahead_options *options;
    pthread_t threads[THREADS_MAX];
    size_t thread_count, named; /* named: threads that have their number */
    pthread_mutex_t lock;       /* of all that follows */
    pthread_cond_t next_done, room;
    size_t begun, taken, given_back; /* items: the numbers of the next ones */
    size_t weight;                   /* of those begun and not given back */
    bool *done;                      /* by slot */
    size_t waiting;                  /* threads, for room */
    bool stopping;
};

size_t ahead_threads(void)
{
    cpu_set_t processors;
    const char *set = getenv("LECTERN_THREADS");
    long count = set ? strtol(set, NULL, 10) : 0;
    if (count < 1)
        count =
            sched_getaffinity(0, sizeof processors, &processors) == 0 ? CPU_COUNT(&processors) : 1;
    return count < THREADS_MAX ? (size_t)count : THREADS_MAX;
}

static size_t weight_of(const ahead *of, size_t item)
{
    return of->options->weight(item, of->options->user);
}

/* Call with the lock held. */
static bool may_begin(const ahead *of)
{
    const ahead_options *options = of->options;
    size_t under_way = of->begun - of->given_back;
    return under_way == 0 || (under_way < options->window &&
                              of->weight + weight_of(of, of->begun) <= options->weight_limit);
}

/* Call with the lock held; it is not held during the work. */
static void do_next(ahead *of, size_t thread)
{
    const ahead_options *options = of->options;
    size_t item = of->begun++, slot = item % options->window;
    of->weight += weight_of(of, item);
    pthread_mutex_unlock(&of->lock);
    options->work(item, slot, thread, options->user);
    pthread_mutex_lock(&of->lock);
    of->done[slot] = true;
    if (item == of->taken)
        pthread_cond_signal(&of->next_done);
}

static void *run(void *ahead_of)
{
    ahead *of = ahead_of;
    pthread_mutex_lock(&of->lock);
    size_t thread = of->named++;
    while (!of->stopping && of->begun < of->options->count) {
        if (may_begin(of)) {
            do_next(of, thread);
        } else {
            of->waiting++;
            pthread_cond_wait(&of->room, &of->lock);
            of->waiting--;
        }
    }
    pthread_mutex_unlock(&of->lock);
    return NULL;
}

ahead *ahead_start(const ahead_options *options)
{
    ahead *made = xcalloc(1, sizeof *made);
    made->options = options;
    made->done = xcalloc(options->window, sizeof *made->done);
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->next_done, NULL);
    pthread_cond_init(&made->room, NULL);
    while (made->thread_count < options->threads && made->thread_count < THREADS_MAX &&
           pthread_create(&made->threads[made->thread_count], NULL, run, made) == 0)
        made->thread_count++;
    if (made->thread_count)
        return made;
    ahead_stop(made);
    return NULL;
}

size_t ahead_take(ahead *from)
{
    pthread_mutex_lock(&from->lock);
    size_t slot = from->taken % from->options->window;
    while (!from->done[slot])
        pthread_cond_wait(&from->next_done, &from->lock);
    from->done[slot] = false;
    from->taken++;
    pthread_mutex_unlock(&from->lock);
    return slot;
}

void ahead_give_back(ahead *to)
{
    pthread_mutex_lock(&to->lock);
    to->weight -= weight_of(to, to->given_back++);
    if (to->waiting)
        pthread_cond_broadcast(&to->room);
    pthread_mutex_unlock(&to->lock);
}

void ahead_stop(ahead *what)
{
    if (!what)
        return;
    pthread_mutex_lock(&what->lock);
    what->stopping = true;
    pthread_cond_broadcast(&what->room);
    pthread_mutex_unlock(&what->lock);
    for (size_t i = 0; i < what->thread_count; i++)
        pthread_join(what->threads[i], NULL);
    pthread_cond_destroy(&what->next_done);
    pthread_cond_destroy(&what->room);
    pthread_mutex_destroy(&what->lock);
    free(what->done);
    free(what);
}
