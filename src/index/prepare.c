#include "index/prepare.h"

#include <stdlib.h>
#include <time.h>
#include <xxhash.h>

#include "base/file.h"
#include "index/format.h"
#include "index/talk_id.h"

/* How many documents are built ahead, and of how much text: a document needs 100 KiB or some ten
 * times its text, and the rest of a long note is better built one by one, as it is written. */
enum { AHEAD_DOCUMENTS = 24, AHEAD_BYTES = 1 << 20 };

void prepared_init(prepared_note *what)
{
    *what = (prepared_note){.memory = arena_new()};
}

static void free_documents(prepared_note *of)
{
    for (size_t i = 0; i < of->capacity; i++)
        document_free(&of->documents[i]);
    free(of->documents);
    of->documents = NULL;
    of->capacity = of->built = 0;
}

void prepared_free(prepared_note *what)
{
    free_documents(what);
    arena_free(what->memory);
    buffer_free(&what->bytes);
}

void prepared_release(prepared_note *what)
{
    enum { SMALL = 64 * 1024 }; /* up to 20 MiB of memory */
    if (what->bytes.length <= SMALL)
        return;
    free_documents(what);
    arena_reset(what->memory);
    buffer_free(&what->bytes);
}

static uint64_t clock_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

void prepare_bytes(prepared_note *to, const catalog_note *of, size_t size_limit)
{
    arena_reset(to->memory);
    buffer_clear(&to->bytes);
    to->built = 0;
    to->read_at = clock_nanoseconds();
    span path = arena_printf(to->memory, "%.*s/%.*s", SPAN_ARG(of->root), SPAN_ARG(of->path));
    to->status = file_read(path.at, size_limit, &to->bytes, &to->now, &to->why);
    if (to->status == LC_OK)
        to->hash = XXH3_64bits(to->bytes.at, to->bytes.length);
}

bool prepared_differs(const prepared_note *what, const catalog_note *of)
{
    return of->fresh || of->unreadable || what->hash != of->hash;
}

/* Six bits a character: the term stands in every document and is the only one of its kind. */
static void add_digits(uint64_t bits, buffer *to)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int i = 0; i < 11; i++, bits >>= 6)
        buffer_add_byte(to, digits[bits & 63]);
}

/* 128 bits, because notes come from anywhere: nobody must be able to name a file so that it takes
 * another one's documents away. */
span note_file_term(const catalog_note *of, arena *memory)
{
    buffer text = {0};
    span whole = arena_printf(memory, "%.*s%c%.*s", SPAN_ARG(of->root), 0, SPAN_ARG(of->path));
    XXH128_hash_t hash = XXH3_128bits(whole.at, whole.length);
    buffer_add_text(&text, PREFIX_FILE);
    add_digits(hash.high64, &text);
    add_digits(hash.low64, &text);
    span term_text = arena_copy(memory, buffer_span(&text));
    buffer_free(&text);
    return term_text;
}

void prepare_talks(prepared_note *to, const catalog_note *of, const facts *known,
                   const reader_tables *tables)
{
    note_source source = {path_name(of->root), of->path, buffer_span(&to->bytes)};
    note_read(&source, known, tables, to->memory, &to->found);
    to->file_term = note_file_term(of, to->memory);
}

static void need_documents(prepared_note *of, size_t count)
{
    if (of->capacity >= count)
        return;
    of->documents = xrealloc(of->documents, count * sizeof *of->documents);
    while (of->capacity < count)
        document_init(&of->documents[of->capacity++]);
}

void prepare_document(const prepared_note *from, const catalog_note *of, const talk *one,
                      uint32_t ordinal, document_builder *with, document *out)
{
    span id = talk_id(talk_id_key(one, of->path), ordinal, from->memory);
    talk_record record = {id, of->root, of->path, *one};
    document_build(with, &record, from->file_term, out);
}

void prepare_documents(prepared_note *to, const catalog_note *of, document_builder *with)
{
    const talks *all = &to->found.talks;
    size_t count = 0, bytes = 0;
    if (to->bytes.length > NOTE_STRUCTURE_MAX)
        return; /* its pieces are as dense as their writer wanted: one at a time */
    for (; count < all->count && count < AHEAD_DOCUMENTS && bytes < AHEAD_BYTES; count++)
        bytes += all->items[count].body.length + all->items[count].code.length;
    need_documents(to, count);
    for (size_t i = 0; i < count; i++)
        prepare_document(to, of, &all->items[i], 0, with, &to->documents[i]);
    to->built = count;
}
