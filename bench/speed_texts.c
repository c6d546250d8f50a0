#include "speed_texts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/memory.h"
#include "index/index_status.h"
#include "search/searcher.h"

/* ---- writing ---- */

static void put_text(FILE *to, span text)
{
    for (size_t i = 0; i < text.length; i++)
        putc((unsigned char)text.at[i] < ' ' ? ' ' : text.at[i], to);
}

static void put_talk(FILE *to, const talk *what)
{
    put_text(to, what->title.text);
    putc('\t', to);
    for (size_t i = 0; i < what->speakers.count; i++) {
        if (i)
            fputs("; ", to);
        put_text(to, what->speakers.items[i].text);
    }
    putc('\t', to);
    put_text(to, what->event.text);
    putc('\t', to);
    put_text(to, what->body);
    if (what->code.length)
        putc(' ', to);
    put_text(to, what->code);
    putc('\n', to);
}

/* Documents are numbered from 1 on, with gaps where a note was read twice. */
static lc_status put_talks(const searcher *in, size_t count, FILE *to, lc_error *error)
{
    arena *memory = arena_new();
    lc_status status = LC_OK;
    size_t gaps = 0;
    for (uint32_t docid = 1; docid - gaps <= count && status == LC_OK; docid++) {
        talk_record record;
        arena_reset(memory);
        lc_error why;
        status = searcher_record(in, docid, memory, &record, &why);
        if (status == LC_OK)
            put_talk(to, &record.talk);
        else if (status == LC_NOT_FOUND && gaps++ <= count)
            status = LC_OK;
        else
            *error = why;
    }
    arena_free(memory);
    return status;
}

lc_status speed_texts_write(const char *index_path, const char *file, lc_error *error)
{
    index_status holds;
    searcher *in;
    lc_status status = index_status_read(index_path, NULL, NULL, &holds, error);
    if (status == LC_OK)
        status = searcher_open(index_path, &in, error);
    if (status != LC_OK)
        return status;
    FILE *to = fopen(file, "w");
    if (to) {
        status = put_talks(in, holds.talks + holds.leftovers, to, error);
        bool failed = ferror(to) != 0;
        failed |= fclose(to) != 0;
        if (status == LC_OK && failed)
            status = lc_fail(error, LC_IO, "%s: could not be written", file);
    } else {
        status = lc_fail(error, LC_IO, "%s: could not be written", file);
    }
    searcher_free(in);
    return status;
}

/* ---- reading ---- */

lc_status speed_texts_read(const char *file, speed_texts *out, lc_error *error)
{
    speed_texts made = {{0}, NULL, 0, 0};
    lc_status status = file_read(file, 0, &made.bytes, NULL, error);
    if (status != LC_OK)
        return status;
    span rest = buffer_span(&made.bytes);
    while (rest.length) {
        span line = span_cut(&rest, '\n');
        speed_text text;
        for (size_t i = 0; i < TEXT_COLUMNS; i++)
            text.column[i] = span_cut(&line, '\t');
        ARRAY_ADD(made.items, made.count, made.capacity, text);
    }
    *out = made;
    return LC_OK;
}

void speed_texts_free(speed_texts *what)
{
    buffer_free(&what->bytes);
    free(what->items);
    *what = (speed_texts){{0}, NULL, 0, 0};
}
