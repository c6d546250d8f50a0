/*
 * plan.h - what the files of the planner share: query_plan.c (the tree), plan_words.c,
 * plan_fields.c, plan_names.c, plan_expansions.c; and suggest.c, which looks where they do. For
 * them only.
 *
 * Every function gives NULL where nothing of its kind can match.
 */
#ifndef LECTERN_SEARCH_PLAN_H
#define LECTERN_SEARCH_PLAN_H

#include "search/phrase.h"
#include "search/query_plan.h"

typedef struct {
    query_plan *out;
    query_builder *build;
    const vocabulary *words;
    arena *memory;
    const ranker *how;
    size_t *spent; /* of PLAN_BUDGET */
    bool silent;   /* planned once already, or must not match: not marked, said or listed */
} planner;

/* Weights relative to a stem in title or body.
 * A beginning or a misspelling never beats the word itself, whatever the lengths of the talks. */
#define PREFIX_WEIGHT     0.5
#define ONE_EDIT_WEIGHT   0.3
#define MORE_EDITS_WEIGHT 0.15

/* A word without a field is looked for in the values of these fields too. */
typedef struct {
    field_id id;
    double weight;
} also_in;
enum { ALSO_IN_COUNT = 6 };
extern const also_in ALSO_IN[ALSO_IN_COUNT];

/* A query may be 64 KiB of text. What a leaf costs, about as its terms do; what is beyond the
 * budget is not asked for, and that is said. */
enum { PLAN_BUDGET = 256, COST_LEAF = 1, COST_NAME = 4, COST_EXPANSION = 16 };
/* Words of one phrase or compound that are asked for: the first. */
enum { COMPOUND_MAX = PHRASE_WORDS_MAX };

void plan_mark(planner *p, mark_kind kind, span text);
void plan_notice(planner *p, span text);
terms plan_analysed(planner *p, span text);
/* How many of the terms from `first` on stand at the same position. */
size_t plan_same_position(const terms *in, size_t first);

/* ---- plan_words.c: without a field ---- */

/* A word, or what several in a row are together (beside: the word before and behind, where they are
 * plain words too). loose: any of its parts will do. */
typedef struct {
    span text, before, behind;
} word_place;
xs_query *plan_word(planner *p, const word_place *at, bool loose);
/* The technologies that several leaves in a row name together (`argo cd`), as an alternative to the
 * leaf that begins at byte `begin` of the run's text. */
xs_query *plan_tech_over(planner *p, const terms *run, span leaf, uint32_t begin);
/* Lucene's, of a term with that frequency. */
double plan_idf(const planner *p, uint32_t frequency);
xs_query *plan_stems(planner *p, const char *prefix, span word);
/* How many talks have the most frequent of what plan_stems() asks for. */
uint32_t plan_stem_frequency(planner *p, const char *prefix, span word);
/* The words of the terms side by side in title, body or code, with at most `slop` further ones
 * between them; either_way: two, in any order. */
xs_query *plan_phrase(planner *p, const terms *found, unsigned slop, bool either_way);
/* Every word of the terms under the prefix, anywhere: for fields without positions. */
xs_query *plan_every_word(planner *p, const char *prefix, const terms *found);
/* Parts that belong together: joined, as the symbol they are, or side by side (where the field has
 * no positions: all of them). */
xs_query *plan_compound(planner *p, const char *prefix, span text, const terms *found);
/* A term of the index under every field of ALSO_IN. */
void plan_also_in(planner *p, const term *word, query_list *to);
/* A term of the index under the prefix, or the same word with its umlauts written otherwise. */
xs_query *plan_term(planner *p, const char *prefix, const term *word);
/* Whether the notes have the word with its umlauts written otherwise. */
bool plan_has_umlauts(planner *p, const char *prefix, const term *word);
/* Only there to make a sentence: not asked for when other words are. */
bool plan_is_stop(planner *p, span text);

/* ---- plan_expansions.c ---- */

/* QUERY_PREFIX and QUERY_FUZZY, with a field or without. */
xs_query *plan_expansion(planner *p, const query_node *leaf);

/* ---- plan_fields.c, plan_names.c ---- */

xs_query *plan_field(planner *p, const query_node *leaf);
/* The prefix of a field's terms; of a property's with its key. */
const char *plan_prefix_of(planner *p, const query_node *leaf);
/* The folded text as the field's whole value. */
xs_query *plan_whole_value(planner *p, const field *of, span text);
/* The same, scored by the value's words: a whole value has no weight of its own. */
xs_query *plan_only_value(planner *p, const field *of, span text);
/* Whether any talk has it. */
bool plan_whole_value_exists(planner *p, const field *of, span text);
xs_query *plan_name(planner *p, const field *of, span text);

#endif
