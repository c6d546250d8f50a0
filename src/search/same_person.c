#include "search/same_person.h"

#include "analysis/analysis.h"
#include "base/utf8.h"
#include "search/levenshtein.h"

/* ---- words ---- */

/* Spelled-out umlauts and letters that sound alike, one for all of them: equal for Catherine and
 * Katherine, Müller and Mueller, Sara and Sarah. */
static span sound_of(span word, arena *memory)
{
    static const char from[] = "cqyzw", to[] = "kkisv";
    char *made = arena_alloc(memory, word.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i], next = i + 1 < word.length ? word.at[i + 1] : 0;
        char before = length ? made[length - 1] : 0;
        for (size_t k = 0; from[k]; k++)
            c = c == from[k] ? to[k] : c;
        bool umlaut = c == 'e' && (before == 'a' || before == 'o' || before == 'u');
        if (c == 'p' && next == 'h')
            c = 'f';
        if ((c == 'h' && i) || c == before || umlaut)
            continue;
        made[length++] = c;
    }
    return (span){made, length};
}

static bool is_initial(span word)
{
    size_t at = 0;
    if (word.length)
        utf8_next(word, &at);
    return word.length && at == word.length;
}

static bool same_initial(span a, span b)
{
    size_t at = 0;
    utf8_next(a, &at);
    return span_starts_with(b, span_slice(a, 0, at));
}

bool person_parts_read(span name, arena *memory, person_name_parts *out)
{
    terms found = {0};
    *out = (person_name_parts){.count = 0};
    analyse_name(name, memory, &found);
    for (size_t i = 0; i < found.count; i++) {
        if (found.items[i].kind != TERM_WORD && found.items[i].kind != TERM_BIGRAM)
            continue;
        if (out->count == PERSON_PARTS)
            return false;
        out->words[out->count] = found.items[i].text;
        out->sounds[out->count++] = sound_of(found.items[i].text, memory);
    }
    return out->count > 0;
}

/* ---- given names ---- */

static size_t shorter_length(span a, span b)
{
    return a.length < b.length ? a.length : b.length;
}

/* One letter differs, inside: neither the first letter nor the last, which tell Jan from Jana. */
static bool differs_inside(span a, span b)
{
    return a.at[0] == b.at[0] && a.at[a.length - 1] == b.at[b.length - 1] &&
           edit_distance(a, b, 1) == 1;
}

/* Two neighbours changed places. */
static bool is_swapped(span a, span b)
{
    size_t i = 0;
    if (a.length != b.length)
        return false;
    while (i < a.length && a.at[i] == b.at[i])
        i++;
    return i + 1 < a.length && a.at[i] == b.at[i + 1] && a.at[i + 1] == b.at[i] &&
           span_equal(span_from(a, i + 2), span_from(b, i + 2));
}

/* Spelled in another way, or misspelt. A name that the table of given names has is no misspelling
 * of another one that it has; and when they sound alike (Sara and Sarah, but Johan and Joan too)
 * that alone does not make them one. Nor is Christian as near to Krystian as Erik to Eric. */
static person_relation compare_spelling(const map *given_names, span a, span a_sound, span b,
                                        span b_sound)
{
    enum { SOUND_SHORTEST = 3, EDIT_SHORTEST = 5 };
    bool both = map_get(given_names, a) && map_get(given_names, b);
    if (shorter_length(a, b) < SOUND_SHORTEST)
        return PERSON_OTHER;
    if (span_equal(a_sound, b_sound))
        return both || a.at[0] != b.at[0] ? PERSON_BACKED : PERSON_ALONE;
    if (both || shorter_length(a, b) < EDIT_SHORTEST)
        return PERSON_OTHER;
    if (is_swapped(a, b) || is_swapped(a_sound, b_sound))
        return PERSON_ALONE;
    return differs_inside(a, b) ? PERSON_BACKED : PERSON_OTHER;
}

static person_relation compare_given(const map *given_names, const person_name_parts *a,
                                     const person_name_parts *b)
{
    span left = a->words[0], right = b->words[0];
    if (span_equal(left, right))
        return PERSON_SAME;
    if (is_initial(left) || is_initial(right))
        return same_initial(left, right) ? PERSON_ALONE : PERSON_OTHER;
    return compare_spelling(given_names, left, a->sounds[0], right, b->sounds[0]);
}

/* ---- family names ---- */

/* Behind one given name. */
static person_relation compare_family(span a, span a_sound, span b, span b_sound)
{
    enum { SHORTEST = 5, LONG = 6 };
    if (span_equal(a, b))
        return PERSON_SAME;
    if (shorter_length(a, b) < SHORTEST)
        return PERSON_OTHER;
    bool alike = span_equal(a_sound, b_sound) || is_swapped(a, b) ||
                 (shorter_length(a, b) >= LONG && differs_inside(a, b));
    return alike ? PERSON_ALONE : PERSON_OTHER;
}

/* ---- what stands between ---- */

/* Every word of the shorter list stands in the longer one, in order; an initial for its word. */
static person_relation compare_middle(const span *few, size_t few_count, const span *many,
                                      size_t many_count)
{
    size_t k = 0;
    person_relation relation = PERSON_SAME;
    for (size_t i = 0; i < many_count; i++) {
        bool taken = k < few_count &&
                     (span_equal(few[k], many[i]) || ((is_initial(few[k]) || is_initial(many[i])) &&
                                                      same_initial(few[k], many[i])));
        if (taken)
            k++;
        else if (!is_initial(many[i]))
            relation = PERSON_ALONE;
    }
    return k == few_count ? relation : PERSON_OTHER;
}

static person_relation weaker(person_relation a, person_relation b)
{
    return a > b ? a : b;
}

/* "Pablo Picasso" and "Pablo Picasso Ruiz": a second family name. */
static bool adds_family_name(const person_name_parts *few, const person_name_parts *many)
{
    return many->count > few->count && few->count > 1 &&
           !is_initial(many->words[many->count - 1]) &&
           span_equal(few->words[few->count - 1], many->words[many->count - 2]);
}

static person_relation compare_whole(const map *given_names, const person_name_parts *few,
                                     const person_name_parts *many)
{
    size_t last = many->count - 1;
    person_relation family = PERSON_ALONE;
    if (adds_family_name(few, many))
        last--;
    else
        family = compare_family(few->words[few->count - 1], few->sounds[few->count - 1],
                                many->words[last], many->sounds[last]);
    person_relation given = compare_given(given_names, few, many);
    person_relation middle =
        compare_middle(few->words + 1, few->count - 2, many->words + 1, last - 1);
    bool misspelt = last == many->count - 1 && family != PERSON_SAME;
    if (misspelt && (given != PERSON_SAME || is_initial(few->words[0])))
        return PERSON_OTHER; /* two things differ */
    return weaker(weaker(given, middle), family);
}

static bool sound_equal(const person_name_parts *a, const person_name_parts *b)
{
    for (size_t i = 0; i < a->count; i++)
        if (!span_equal(a->sounds[i], b->sounds[i]))
            return false;
    return true;
}

person_relation person_compare(const map *given_names, const person_name_parts *a,
                               const person_name_parts *b)
{
    const person_name_parts *few = a->count <= b->count ? a : b, *many = few == a ? b : a;
    if (!few->count)
        return PERSON_OTHER;
    if (few->count > 1)
        return compare_whole(given_names, few, many);
    if (many->count == 1)
        return sound_equal(few, many) && span_equal(few->words[0], many->words[0]) ? PERSON_SAME
                                                                                   : PERSON_OTHER;
    bool family = span_equal(few->words[0], many->words[many->count - 1]) &&
                  !map_get(given_names, few->words[0]) && !is_initial(few->words[0]);
    return family ? PERSON_BACKED : PERSON_OTHER;
}
