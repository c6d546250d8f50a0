#include "glass/tag.h"

#include <stdlib.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/memory.h"

enum {
    LEVEL = 6,
    RAW_WINDOW = -15, /* no zlib header */
    MEMORY = 9,
    /* A stream begins by clearing its hash table, 128 KiB with the memory above: more work than
     * compressing a short tag. With this much memory it is 32 KiB, and a tag of less than
     * SMALL_TAG bytes still fits one block, so that nearly all come out the same. */
    SMALL_MEMORY = 7,
    SMALL_TAG = 4095,
    READER_BUFFER = 8192 /* the library's, see glass_deflated_readable() */
};

struct glass_deflater {
    z_stream small, large; /* deflating tags below SMALL_TAG, and others */
    z_stream inflate;
    bool inflating; /* whether inflate is set up: few databases need it */
    buffer compressed;
};

/* Only memory can be wanting, and then there is no going on: as xmalloc(). */
static void start(z_stream *stream, int memory)
{
    if (deflateInit2(stream, LEVEL, Z_DEFLATED, RAW_WINDOW, memory, Z_DEFAULT_STRATEGY))
        free(xmalloc(SIZE_MAX / 2));
}

glass_deflater *glass_deflater_new(void)
{
    glass_deflater *made = xcalloc(1, sizeof *made);
    start(&made->small, SMALL_MEMORY);
    start(&made->large, MEMORY);
    return made;
}

void glass_deflater_free(glass_deflater *what)
{
    if (!what)
        return;
    deflateEnd(&what->small);
    deflateEnd(&what->large);
    if (what->inflating)
        inflateEnd(&what->inflate);
    buffer_free(&what->compressed);
    free(what);
}

span glass_deflate(glass_deflater *by, span tag)
{
    z_stream *stream = tag.length < SMALL_TAG ? &by->small : &by->large;
    buffer_clear(&by->compressed);
    if (tag.length > UINT32_MAX)
        return SPAN_NONE;
    deflateReset(stream);
    stream->next_in = (Bytef *)tag.at;
    stream->avail_in = (uInt)tag.length;
    stream->next_out = (Bytef *)buffer_reserve(&by->compressed, tag.length);
    stream->avail_out = (uInt)tag.length; /* zlib wants one byte more than it takes */
    if (deflate(stream, Z_FINISH) != Z_STREAM_END || stream->total_out >= tag.length)
        return SPAN_NONE;
    by->compressed.length = stream->total_out;
    return buffer_span(&by->compressed);
}

static int inflate_component(z_stream *stream, span component)
{
    unsigned char ignored[READER_BUFFER];
    int result = Z_OK;
    stream->next_in = (Bytef *)component.at;
    stream->avail_in = (uInt)component.length;
    do {
        stream->next_out = ignored;
        stream->avail_out = sizeof ignored;
        result = inflate(stream, Z_SYNC_FLUSH);
    } while (result == Z_OK && stream->avail_in);
    return result;
}

/*
 * The library (1.4.22) reads each component into a buffer of 8192 bytes, again and again until its
 * input is used up; text that zlib still holds then, because the buffer was just filled, is lost
 * when it was the last component.  It never is for text that fits the buffer.
 */
bool glass_deflated_readable(glass_deflater *by, span compressed, size_t length, glass_cut cut)
{
    if (length < READER_BUFFER)
        return true;
    if (!by->inflating && inflateInit2(&by->inflate, RAW_WINDOW) != Z_OK)
        return false;
    by->inflating = true;
    inflateReset(&by->inflate);
    int result = Z_OK;
    for (size_t size = cut.first; compressed.length; size = cut.other) {
        span component = span_slice(compressed, 0, size);
        compressed = span_from(compressed, component.length);
        result = inflate_component(&by->inflate, component);
    }
    return result == Z_STREAM_END;
}
