/*
 * vectors_file.h - the two files of vectors.h: their headers, and mapping them.
 */
#ifndef LECTERN_INDEX_VECTORS_FILE_H
#define LECTERN_INDEX_VECTORS_FILE_H

#include "index/vectors.h"
#include "xapian_shim.h"

#define STEMS_FILE  "vectors.stems"
#define TALKS_FILE  "vectors.talks"
#define STEMS_MAGIC "lecternS"
#define TALKS_MAGIC "lecternT"

enum { VECTORS_VERSION = 1 };

/* Behind it: `count` hashes of eight bytes, ascending; then as many vectors. */
typedef struct {
    char magic[8];
    uint32_t version, size;
    uint32_t count;
    uint32_t documents; /* that it was trained on */
    uint64_t training;  /* the name of this training */
} stems_header;

/* Behind it: `end` vectors, by docid from 0. */
typedef struct {
    char magic[8];
    uint32_t version, size;
    uint32_t end, unused;
    uint64_t training; /* of the stems that they were made with */
    char commit[XS_COMMIT_SIZE];
} talks_header;

struct vectors {
    const stems_header *stems;
    const uint64_t *hashes;
    const vector *stem_vectors;
    const talks_header *talks; /* NULL while they are being made */
    const vector *talk_vectors;
    void *stems_map, *talks_map;
    size_t stems_size, talks_size; /* of the mappings */
};

/* Maps the stems; false when there are none that can be used. */
bool vectors_map_stems(vectors *to, const char *index_path);
/* Maps the talks; false when there are none that fit the stems. Their commit is the caller's to
 * look at. */
bool vectors_map_talks(vectors *to, const char *index_path);
uint64_t vectors_stem_hash(span stem);

#endif
