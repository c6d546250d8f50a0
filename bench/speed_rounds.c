#include "speed_rounds.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "speed_process.h"

/* ---- indexing ---- */

/* Bytes of a file, or of the files in a folder. */
static double size_on_disk(const char *path)
{
    struct stat about;
    double sum = 0;
    if (lstat(path, &about) != 0)
        return 0;
    if (!S_ISDIR(about.st_mode))
        return (double)about.st_size;
    DIR *folder = opendir(path);
    struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *inner = path_join(path, entry->d_name);
        sum += size_on_disk(inner);
        free(inner);
    }
    if (folder)
        closedir(folder);
    return sum;
}

typedef struct {
    const speed_peer *peer;
    const speed_place *place;
} building;

static lc_status build_one(void *user, lc_error *error)
{
    building *b = user;
    return b->peer->build(b->place, error);
}

static lc_status write_texts(void *user, lc_error *error)
{
    const speed_place *at = user;
    char *index = path_join(at->work, PEER_LECTERN.files);
    lc_status status = speed_texts_write(index, at->texts, error);
    free(index);
    return status;
}

static void record_build(const speed_job *job, const speed_peer *peer, size_t round,
                         const process_cost *cost, speed_result *to)
{
    char *files = path_join(job->place.work, peer->files);
    speed_result_figure(to, ROW_INDEX, peer->name, "seconds", 0, round, cost->seconds);
    speed_result_figure(to, ROW_INDEX, peer->name, "cpu_seconds", 0, round, cost->cpu_seconds);
    speed_result_figure(to, ROW_INDEX, peer->name, "peak_bytes", 0, round, cost->peak_bytes);
    speed_result_figure(to, ROW_INDEX, peer->name, "index_bytes", 0, round, size_on_disk(files));
    free(files);
}

lc_status speed_index_rounds(const speed_job *job, size_t times, speed_result *to, lc_error *error)
{
    lc_status status = LC_OK;
    for (size_t round = 1; round <= times; round++)
        for (size_t p = 0; p < job->peer_count && status == LC_OK; p++) {
            process_cost cost;
            building b = {job->peers[p], &job->place};
            if (!b.peer->build)
                continue;
            status = child_run(build_one, &b, &cost, error);
            if (status == LC_OK)
                record_build(job, b.peer, round, &cost, to);
            if (status == LC_OK && p == 0 && round == 1)
                status = child_run(write_texts, (void *)&job->place, NULL, error);
        }
    return status;
}

/* ---- queries ---- */

typedef struct {
    const speed_job *job;
    const speed_queries *queries;
    void *state[SPEED_PEERS_MOST];
    speed_result *to;
} rounds;

/* The queries of one class, of which a whole-process system runs fewer. */
static void range_of(const rounds *r, size_t peer, speed_class class, size_t *begin_out,
                     size_t *end_out)
{
    const speed_queries *all = r->queries;
    size_t begin = 0, end;
    while (begin < all->count && all->items[begin].class != class)
        begin++;
    for (end = begin; end < all->count && all->items[end].class == class;)
        end++;
    if (!r->job->peers[peer]->answers(class))
        end = begin;
    if (r->job->peers[peer]->whole_process && end - begin > r->job->process_queries)
        end = begin + r->job->process_queries;
    *begin_out = begin;
    *end_out = end;
}

static lc_status time_class(rounds *r, size_t peer, speed_class class, size_t round,
                            lc_error *error)
{
    const speed_peer *of = r->job->peers[peer];
    lc_status status = LC_OK;
    size_t begin, end;
    range_of(r, peer, class, &begin, &end);
    for (size_t q = begin; q < end && status == LC_OK; q++) {
        const char *name = SPEED_CLASSES[class].name;
        double worked = clock_worked(), start = clock_now();
        status = of->query(r->state[peer], &r->queries->items[q], error);
        double stop = clock_now();
        worked = clock_worked() - worked;
        speed_result_figure(r->to, ROW_TIME, of->name, name, q - begin + 1, round,
                            (stop - start) * 1e6);
        if (!of->whole_process && !of->in_another)
            speed_result_figure(r->to, ROW_CPU, of->name, name, q - begin + 1, round, worked * 1e6);
    }
    return status;
}

static lc_status time_round(rounds *r, size_t round, lc_error *error)
{
    lc_status status = LC_OK;
    for (size_t c = 0; c < SPEED_CLASS_COUNT; c++)
        for (size_t i = 0; i < r->job->peer_count && status == LC_OK; i++)
            status =
                time_class(r, (i + round - 1) % r->job->peer_count, (speed_class)c, round, error);
    return status;
}

/* Runs each query of the class once, and counts its results. */
static lc_status count_class(rounds *r, size_t peer, speed_class class, lc_error *error)
{
    const speed_peer *of = r->job->peers[peer];
    lc_status status = LC_OK;
    size_t begin, end;
    range_of(r, peer, class, &begin, &end);
    for (size_t q = begin; q < end && status == LC_OK; q++) {
        size_t count = 0;
        status = of->query(r->state[peer], &r->queries->items[q], error);
        if (!of->count)
            continue;
        if (status == LC_OK)
            status = of->count(r->state[peer], &r->queries->items[q], &count, error);
        speed_result_figure(r->to, ROW_COUNT, of->name, SPEED_CLASSES[class].name, q - begin + 1, 0,
                            (double)count);
    }
    return status;
}

static void record_texts(rounds *r, speed_class class)
{
    size_t number = 0;
    for (size_t q = 0; q < r->queries->count; q++)
        if (r->queries->items[q].class == class)
            speed_result_text(r->to, ROW_TEXT, SPEED_CLASSES[class].name, ++number,
                              r->queries->items[q].text);
}

static lc_status warm_up_class(rounds *r, speed_class class, lc_error *error)
{
    lc_status status = LC_OK;
    record_texts(r, class);
    for (size_t p = 0; p < r->job->peer_count && status == LC_OK; p++)
        status = count_class(r, p, class, error);
    return status;
}

static void close_all(rounds *r, size_t opened)
{
    for (size_t p = 0; p < opened; p++)
        r->job->peers[p]->close(r->state[p]);
}

lc_status speed_query_rounds(const speed_job *job, const speed_queries *queries, speed_result *to,
                             lc_error *error)
{
    rounds r = {.job = job, .queries = queries, .to = to};
    lc_status status = LC_OK;
    size_t opened = 0;
    for (; opened < job->peer_count; opened++) {
        status = job->peers[opened]->open(job->peers[opened], &job->place, &r.state[opened], error);
        if (status != LC_OK)
            break;
    }
    for (size_t c = 0; c < SPEED_CLASS_COUNT && status == LC_OK; c++)
        status = warm_up_class(&r, (speed_class)c, error);
    for (size_t round = 1; round <= job->rounds && status == LC_OK; round++)
        status = time_round(&r, round, error);
    close_all(&r, opened);
    return status;
}
