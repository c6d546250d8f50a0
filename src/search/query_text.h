/*
 * query_text.h - what the query parser, its printer and the joining of arguments call a blank, a
 * quote, a name. Each looks at text[at] and returns the bytes it found there, 0 for none.
 */
#ifndef LECTERN_SEARCH_QUERY_TEXT_H
#define LECTERN_SEARCH_QUERY_TEXT_H

#include "base/span.h"

/* White space of any script; control bytes part words too. */
size_t blank_at(span text, size_t at);
/* A double quote: straight, curly, low or angled. */
size_t quote_at(span text, size_t at);
/* A mark of a sentence that may stand before a word: `¿`, `'`, `…`. */
size_t opening_mark_at(span text, size_t at);
/* A name as fields and front-matter keys have: a letter, then letters, digits, '_', '-', '.'. */
size_t name_at(span text, size_t at);
/* A name, a colon, and a value behind it without a blank: the length of the name. Not in a URL
 * (`https://`), a path (`C:\`), a scope (`std::vector`). */
size_t field_name_at(span text, size_t at);

bool holds_blank(span text);
/* A letter or digit of any script, so that the analysis finds a word. */
bool holds_word(span text);
/* AND, OR or NOT. */
bool is_operator(span word);
/* Without the marks of a sentence behind a word: `why?`. */
span trim_sentence(span word);
/* And without the marks there that are no operators: a lone `^`, Markdown's stars (two, or one that
 * another before the word belongs to). */
span trim_tail(span word, bool starred);
/* And without any operator `*~^` there. */
span trim_marks(span word);

#endif
