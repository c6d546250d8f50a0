#include "glass/version.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "glass/glass.h"

/* The format's name, and its version as a date: (year - 2014) * 512 + month * 32 + day of
 * 2016-03-14, which holds for Xapian 1.3.5 to 1.4. */
static const char MAGIC[] = "\x0f\rXapian Glass\x04\x6e";

enum {
    MAGIC_SIZE = sizeof MAGIC - 1,
    UUID_SIZE = 16,
    REVISION_AT = MAGIC_SIZE + UUID_SIZE,
    SIZE_MAX_READ = 256, /* the library reads no more of it */
    FAKE_ROOT = 1,
    SEQUENTIAL = 2
};

void glass_version_add_no_table(buffer *to, uint32_t block_size, uint32_t compress_above)
{
    buffer_add_varint(to, 0); /* root block */
    buffer_add_varint(to, SEQUENTIAL | FAKE_ROOT);
    buffer_add_varint(to, 0); /* entries */
    buffer_add_varint(to, block_size >> GLASS_BLOCK_UNIT_BITS);
    buffer_add_varint(to, compress_above);
    buffer_add_counted(to, SPAN_NONE); /* free blocks */
}

/* A random one (version 4 of RFC 4122). */
static void add_uuid(buffer *to)
{
    uint8_t *uuid = (uint8_t *)buffer_reserve(to, UUID_SIZE);
    memset(uuid, 0, UUID_SIZE);
    ssize_t got = getrandom(uuid, UUID_SIZE, 0); /* so few bytes never fail */
    (void)got;
    uuid[6] = (uint8_t)((uuid[6] & 0x0f) | 0x40);
    uuid[8] = (uint8_t)((uuid[8] & 0x3f) | 0x80);
    to->length += UUID_SIZE;
}

static void add_statistics(buffer *to, const glass_statistics *statistics)
{
    buffer_add_varint(to, statistics->document_count);
    buffer_add_varint(to, 0); /* the last document's number less their count */
    buffer_add_varint(to, statistics->length_min);
    buffer_add_varint(to, statistics->wdf_max);
    buffer_add_varint(to, statistics->length_max - statistics->wdf_max);
    buffer_add_varint(to, 0); /* oldest change set */
    buffer_add_varint(to, statistics->length_sum);
    buffer_add_varint(to, 0); /* spelling frequencies */
}

void glass_version_pack(buffer *to, uint32_t revision, uint32_t block_size, span tables,
                        const glass_statistics *statistics)
{
    buffer_add(to, (span){MAGIC, MAGIC_SIZE});
    add_uuid(to);
    buffer_add_varint(to, revision);
    buffer_add(to, tables);
    glass_version_add_no_table(to, block_size, GLASS_COMPRESS_ABOVE); /* spelling */
    glass_version_add_no_table(to, block_size, GLASS_COMPRESS_ABOVE); /* synonym */
    add_statistics(to, statistics);
}

static lc_status read_version_file(const char *folder, buffer *to, lc_error *error)
{
    char *path = path_join(folder, GLASS_VERSION_FILE);
    lc_status status = file_read(path, SIZE_MAX_READ, to, NULL, error);
    if (status == LC_OK && (to->length <= REVISION_AT || memcmp(to->at, MAGIC, MAGIC_SIZE) != 0))
        status = lc_fail(error, LC_OLD_INDEX, "%s: another format than that of Xapian 1.4", path);
    free(path);
    return status;
}

lc_status glass_version_revision(const char *folder, uint32_t *revision_out, lc_error *error)
{
    buffer content = {0};
    uint64_t revision = 0;
    lc_status status = read_version_file(folder, &content, error);
    span rest = span_from(buffer_span(&content), REVISION_AT);
    if (status == LC_OK && (!span_cut_varint(&rest, &revision) || revision >= UINT32_MAX))
        status = lc_fail(error, LC_CORRUPT, "%s/%s: is damaged", folder, GLASS_VERSION_FILE);
    if (status == LC_OK)
        *revision_out = (uint32_t)revision;
    buffer_free(&content);
    return status;
}

/* ---- the guard ---- */

/* Behind the uuid: revision 0, no table has a file with blocks, all statistics are 0. */
static void pack_empty(buffer *to)
{
    enum { BLOCK_SIZE = 8192, STATISTICS = 8 };
    static const uint32_t compress_above[] = {
        GLASS_COMPRESS_NEVER, GLASS_COMPRESS_ABOVE, GLASS_COMPRESS_ABOVE, /* docdata, termlist */
        GLASS_COMPRESS_NEVER, GLASS_COMPRESS_ABOVE, GLASS_COMPRESS_ABOVE};
    buffer_add_varint(to, 0);
    for (size_t i = 0; i < sizeof compress_above / sizeof *compress_above; i++)
        glass_version_add_no_table(to, BLOCK_SIZE, compress_above[i]);
    for (int i = 0; i < STATISTICS; i++)
        buffer_add_varint(to, 0);
}

static lc_status check_empty_table(const char *folder, const char *name, lc_error *error)
{
    struct stat found;
    char *path = path_join(folder, name);
    lc_status status = LC_OK;
    if (stat(path, &found) != 0)
        status = lc_fail(error, LC_OLD_INDEX, "%s: the installed Xapian makes no such table", path);
    else if (found.st_size != 0)
        status = lc_fail(error, LC_OLD_INDEX, "%s: not empty as Xapian 1.4 makes it", path);
    free(path);
    return status;
}

lc_status glass_guard(const char *empty_database, lc_error *error)
{
    buffer known = {0}, found = {0};
    pack_empty(&known);
    lc_status status = read_version_file(empty_database, &found, error);
    if (status == LC_OK &&
        !span_equal(span_from(buffer_span(&found), REVISION_AT), buffer_span(&known)))
        status = lc_fail(error, LC_OLD_INDEX, "%s/%s: other contents than those of Xapian 1.4",
                         empty_database, GLASS_VERSION_FILE);
    if (status == LC_OK)
        status = check_empty_table(empty_database, "postlist.glass", error);
    if (status == LC_OK)
        status = check_empty_table(empty_database, "termlist.glass", error);
    buffer_free(&known);
    buffer_free(&found);
    return status;
}
