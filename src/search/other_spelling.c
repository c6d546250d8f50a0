#include "search/other_spelling.h"

/* British, American. */
static const char *const ENDINGS[][2] = {
    {"isation", "ization"}, {"isations", "izations"}, {"ise", "ize"},      {"ised", "ized"},
    {"ises", "izes"},       {"iser", "izer"},         {"isers", "izers"},  {"ising", "izing"},
    {"isable", "izable"},   {"yse", "yze"},           {"ysed", "yzed"},    {"yser", "yzer"},
    {"ysers", "yzers"},     {"ysing", "yzing"},       {"our", "or"},       {"ours", "ors"},
    {"oural", "oral"},      {"oured", "ored"},        {"ouring", "oring"}, {"ogue", "og"},
    {"ogues", "ogs"},       {"elling", "eling"},      {"elled", "eled"},   {"eller", "eler"},
    {"ellers", "elers"},
};

enum { BEFORE_MIN = 3 }; /* letters before the ending: four, prize and blog are one word */

/* Spelling and selling have nothing before the ending that could be a word's first syllable. */
static bool holds_vowel(span text)
{
    for (size_t i = 0; i < text.length; i++)
        if (span_find_byte(SPAN("aeiouy"), byte_lower(text.at[i])) != SPAN_NOT_FOUND)
            return true;
    return false;
}

bool other_spelling(span word, buffer *to)
{
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        for (int side = 0; side < 2; side++) {
            span ending = span_of(ENDINGS[i][side]);
            if (word.length < ending.length + BEFORE_MIN || !span_ends_with(word, ending))
                continue;
            span before = span_slice(word, 0, word.length - ending.length);
            if (!holds_vowel(before))
                continue;
            buffer_add(to, before);
            buffer_add_text(to, ENDINGS[i][!side]);
            return true;
        }
    return false;
}
