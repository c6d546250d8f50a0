#include "index/vectors.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/file.h"
#include "base/machine.h"
#include "base/memory.h"
#include "index/vectors_file.h"

/* ---- files ---- */

/* The whole file, or NULL. */
static void *map_file(const char *folder, const char *name, size_t least, size_t *size_out)
{
    char *path = path_join(folder, name);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    free(path);
    if (file < 0)
        return NULL;
    struct stat status;
    void *mapped = MAP_FAILED;
    if (fstat(file, &status) == 0 && (size_t)status.st_size >= least)
        mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped == MAP_FAILED)
        return NULL;
    *size_out = (size_t)status.st_size;
    return mapped;
}

bool vectors_map_stems(vectors *to, const char *index_path)
{
    to->stems_map = map_file(index_path, STEMS_FILE, sizeof(stems_header), &to->stems_size);
    const stems_header *head = to->stems = to->stems_map;
    if (!head || memcmp(head->magic, STEMS_MAGIC, sizeof head->magic) != 0 ||
        head->version != VECTORS_VERSION || head->size != VECTOR_SIZE)
        return false;
    if (to->stems_size !=
        sizeof *head + (size_t)head->count * (sizeof *to->hashes + sizeof *to->stem_vectors))
        return false;
    to->hashes = (const uint64_t *)(const void *)(head + 1);
    to->stem_vectors = (const vector *)(const void *)(to->hashes + head->count);
    return true;
}

bool vectors_map_talks(vectors *to, const char *index_path)
{
    to->talks_map = map_file(index_path, TALKS_FILE, sizeof(talks_header), &to->talks_size);
    const talks_header *head = to->talks = to->talks_map;
    if (!head || memcmp(head->magic, TALKS_MAGIC, sizeof head->magic) != 0 ||
        head->version != VECTORS_VERSION || head->size != VECTOR_SIZE ||
        head->training != to->stems->training)
        return false;
    if (to->talks_size != sizeof *head + (size_t)head->end * sizeof *to->talk_vectors)
        return false;
    to->talk_vectors = (const vector *)(const void *)(head + 1);
    return true;
}

vectors *vectors_open(const char *index_path, const char *commit)
{
    vectors *made = xcalloc(1, sizeof *made);
    if (vectors_map_stems(made, index_path) && vectors_map_talks(made, index_path) &&
        strncmp(made->talks->commit, commit, XS_COMMIT_SIZE) == 0)
        return made;
    vectors_close(made);
    return NULL;
}

void vectors_close(vectors *what)
{
    if (!what)
        return;
    if (what->stems_map)
        munmap(what->stems_map, what->stems_size);
    if (what->talks_map)
        munmap(what->talks_map, what->talks_size);
    free(what);
}

const vector *vectors_talk(const vectors *in, uint32_t docid)
{
    return docid < in->talks->end ? &in->talk_vectors[docid] : NULL;
}

uint32_t vectors_end(const vectors *in)
{
    return in->talks->end;
}

/* ---- numbers ---- */

uint64_t vectors_stem_hash(span stem)
{
    return XXH3_64bits(stem.at, stem.length);
}

static const vector *find_stem(const vectors *in, uint64_t hash)
{
    size_t low = 0, high = in->stems->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (in->hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low < in->stems->count && in->hashes[low] == hash ? &in->stem_vectors[low] : NULL;
}

FOR_EACH_MACHINE void vector_add(const vector *stem, float times, vector_sum *to)
{
    float weight = times * stem->scale;
    for (size_t i = 0; i < VECTOR_SIZE; i++)
        to->at[i] += weight * (float)stem->at[i];
}

void vector_add_stem(const vectors *with, span stem, double frequency, vector_sum *to)
{
    const vector *found = find_stem(with, vectors_stem_hash(stem));
    if (found && frequency > 0)
        vector_add(found, (float)(1 + log(frequency)), to);
}

vector vector_finish(const vector_sum *of)
{
    vector made = {.scale = 0};
    float most = 0;
    double squares = 0;
    for (size_t i = 0; i < VECTOR_SIZE; i++)
        most = fmaxf(most, fabsf(of->at[i]));
    if (!(most > 0) || !isfinite(most))
        return made;
    for (size_t i = 0; i < VECTOR_SIZE; i++) {
        made.at[i] = (int8_t)lrintf(of->at[i] / most * 127);
        squares += made.at[i] * made.at[i];
    }
    made.scale = (float)(1 / sqrt(squares));
    return made;
}

FOR_EACH_MACHINE static int32_t dot(const int8_t *a, const int8_t *b)
{
    int32_t sum = 0;
    for (size_t i = 0; i < VECTOR_SIZE; i++)
        sum += a[i] * b[i];
    return sum;
}

/* One loop over all: called for each document, it would take twice as long. */
FOR_EACH_MACHINE void vectors_cosines(const vectors *in, const vector *query, uint32_t first,
                                      size_t count, float *like_out)
{
    for (size_t n = 0; n < count; n++) {
        const vector *own = &in->talk_vectors[first + n];
        int32_t sum = 0;
        for (size_t i = 0; i < VECTOR_SIZE; i++)
            sum += query->at[i] * own->at[i];
        like_out[n] = (float)sum * query->scale * own->scale;
    }
}

double vector_cosine(const vector *a, const vector *b)
{
    int32_t sum = dot(a->at, b->at);
    double cosine = sum * (double)a->scale * (double)b->scale;
    return cosine >= -1 && cosine <= 1 ? cosine : cosine > 1 && cosine < 2 ? 1 : 0;
}
