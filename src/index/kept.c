#include "index/kept.h"

#include <string.h>
#include <xxhash.h>

#include "base/file.h"

/* In the machine's own order of bytes: it never leaves the index. */
typedef struct {
    char magic[8];
    kept_origin from;
    uint64_t hash; /* of the content */
} header;

static const char MAGIC[8] = "kept 2";

static header header_of(const kept_origin *from, span content)
{
    header made;
    memset(&made, 0, sizeof made);
    memcpy(made.magic, MAGIC, sizeof made.magic);
    memcpy(made.from.commit, from->commit, sizeof made.from.commit);
    made.from.format = from->format;
    made.hash = XXH3_64bits(content.at, content.length);
    return made;
}

bool kept_read(const char *index_path, const char *name, const kept_origin *from, buffer *content)
{
    buffer path = {0}, file = {0};
    bool good = false;
    buffer_printf(&path, "%s/" KEPT_PREFIX "%s", index_path, name);
    if (file_read(path.at, 0, &file, NULL, NULL) == LC_OK && file.length >= sizeof(header)) {
        span body = span_from(buffer_span(&file), sizeof(header));
        header expected = header_of(from, body);
        good = memcmp(file.at, &expected, sizeof expected) == 0;
        if (good)
            buffer_add(content, body);
    }
    buffer_free(&file);
    buffer_free(&path);
    return good;
}

void kept_write(const char *index_path, const char *name, const kept_origin *from, span content)
{
    buffer path = {0}, file = {0};
    header h = header_of(from, content);
    buffer_printf(&path, "%s/" KEPT_PREFIX "%s", index_path, name);
    buffer_add(&file, (span){(const char *)&h, sizeof h});
    buffer_add(&file, content);
    file_replace(path.at, buffer_span(&file), NULL);
    buffer_free(&file);
    buffer_free(&path);
}
