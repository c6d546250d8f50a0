/*
 * front_matter.h - the keys and values at the very top of a note.
 *
 * Read are YAML between `---` and `---` or `...`, TOML between `+++` lines, and heads without
 * fences: `key: value` lines down to a blank line (one of them a key that talks have), `@key value`
 * and `:key: value` lines. YAML that is broken, which is what a title with a colon makes it, is
 * read line by line, with a warning; a `---` that is a rule rather than a fence is left alone.
 *
 * Maps are flattened: `speaker: {name: X}` is the key `speaker.name`, and a list of maps gives one
 * entry per key with an item per map that has it.
 */
#ifndef LECTERN_NOTES_FRONT_MATTER_H
#define LECTERN_NOTES_FRONT_MATTER_H

#include <stdint.h>

#include "base/memory.h"
#include "base/span.h"

typedef struct {
    span key;    /* folded (utf8_fold), levels joined by '.' */
    span text;   /* the scalar, or the items joined by ", "; empty for a key without value */
    span *items; /* a scalar is one item; no item is empty */
    size_t item_count;
    uint32_t line; /* of the key, where it first stands; 1-based */
} front_entry;

typedef struct {
    front_entry *items; /* in file order, each key once */
    size_t count;
    uint32_t lines;      /* that were cut off; the text behind begins on line lines + 1 */
    const char *warning; /* what could not be understood, one line without the place; or NULL */
    uint32_t warning_line;
} front_matter;

/* text is valid UTF-8 with '\n' line ends. Returns how many bytes of it are front matter, whole
 * lines, 0 when there is none. What out holds lives in memory and never borrows from text. */
size_t front_matter_read(span text, arena *memory, front_matter *out);

/* The entry with this (folded) key, or NULL. */
const front_entry *front_matter_find(const front_matter *in, span key);

/* True for a word that labels a fact of a talk ("speaker", "date"), in any case; *names_out: what
 * follows is a title or the name of something ("title", "event"). A head without fences must have
 * one, so that a note which begins with `Remember: ...` keeps it. */
bool is_talk_key(span key, bool *names_out);

#endif
