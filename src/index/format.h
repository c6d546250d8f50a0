/*
 * format.h - what a lectern index holds: the only description of it.
 *
 * An index is a Xapian (glass) database. One document is one talk, or the text of one note that
 * belongs to no talk. Prefixes follow Omega's conventions, so that other Xapian tools can read it.
 *
 * Terms (at most TERM_MAX bytes behind the prefix):
 *   word       a word of title, body or code as analysis.h gives it, not stemmed: words (stop words
 *              too), exact, joined, symbol forms and bigrams alike; SLOT_WORDS has their places
 *   Z word     stem of a word of title or body that is no stop word; a title's occurrence counts
 *              TITLE_WEIGHT times
 *   XT name    canonical term of a technology that title or body names by any alias
 *   A, XORG    words of names, with positions; names POSITION_GAP apart
 *   XTECH, XEVENT, XSERIES, S, K, P, XLINK, XP
 *              words of a field's values (fields.h), without positions. A property's words are
 *              prefixed by its key: XP key ":" word
 *   ZS         stems of a title's words; other fields have so few that their forms are looked up
 *   XV prefix ":" value   a field's whole value, folded: facets and exact matches (no positions)
 *   XHAS prefix   the talk has a value in that field
 *   XHANDLE handle " " name   the talk's speaker has that handle, without its @
 *   Y year, D date   yyyy of every year it touches; yyyymmdd of the first day
 *   XKIND kind, L language, Q id
 *   XTITLE hash   the title's words (title_key.h), for the exact-title tier
 *   XLENGTH       in every document; its wdf is the document's length, so that its frequency in the
 *              collection is the sum of all lengths
 *   XFILE hash    the note that the document comes from: removes all of its documents at once
 * A wdf of a word, stem, alias or field is packed of frequency and length (length_class.h); fields
 * have LENGTH_CLASS_NONE.
 * Values: SLOT_DATE and SLOT_DATE_LAST (yyyymmdd of the first and last day; parts not said are 00
 *   and 99, so that intervals compare by overlap), SLOT_TITLE (folded title, for sorting),
 *   SLOT_WORDS (word_sequence.h).
 * Data: the talk as talk_record.h writes it.
 * Metadata: META_VERSION, META_ROOTS, META_TABLES, META_TECHNOLOGIES, META_PEOPLE, META_LIMIT,
 * META_FOLDER + hash (catalog.h), META_REPLACED.
 */
#ifndef LECTERN_INDEX_FORMAT_H
#define LECTERN_INDEX_FORMAT_H

/*
 * History. Another version is rebuilt by itself, with a line that says so.
 *   1  first
 *   2  stems from the form with its marks; the person's technologies in META_TECHNOLOGIES
 *   3  frequency and length packed in wdf; XLENGTH; SLOT_WORDS
 *   4  fields of words have no positions
 *   5  the catalog keeps what is seldom read apart
 *   6  shorter XFILE terms; a file's path is no whole value, its folders are
 *   7  XTITLE of the title's words; XHAS of front-matter keys
 *   8  the catalog knows unreadable notes
 *   9  stems of fields only for titles; the catalog in less room and with encodings; technologies
 *      and orgs of the front matter;
 *      the letters of e.g. and U.S.A. are not scored, only their joined form; the person's
 *      people in META_PEOPLE; XHANDLE;
 *      where words stand is in SLOT_WORDS, no longer in positions of terms
 */
#define INDEX_VERSION "9"

enum {
    POSITION_GAP = 100, /* parts two values, or title and body: no phrase reaches over it */
    TITLE_WEIGHT = 2,   /* a title's word counts twice (RELEVANCE: .5467 -> .5517 nDCG@10) */
    SLOT_DATE = 0,
    SLOT_TITLE = 1,
    SLOT_DATE_LAST = 2,
    SLOT_WORDS = 3
};

#define META_VERSION      "lectern:version"
#define META_ROOTS        "lectern:roots"
#define META_TABLES       "lectern:tables"       /* own_tables_stamp() */
#define META_TECHNOLOGIES "lectern:technologies" /* the person's own table */
#define META_PEOPLE       "lectern:people"       /* the person's own table */
#define META_LIMIT        "lectern:size-limit"   /* of a note, in bytes */
#define META_FOLDER       "lectern:folder:"
/* What was changed in place: the commit before the last one, then the docids that the last one gave
 * to other talks, as varints. Says nothing of the notes: equal indexes may differ in it. */
#define META_REPLACED "lectern:replaced"

#define PREFIX_STEM   "Z"
#define PREFIX_ALIAS  "XT"
#define PREFIX_VALUE  "XV"
#define PREFIX_HAS    "XHAS"
#define PREFIX_TITLE  "XTITLE"
#define PREFIX_HANDLE "XHANDLE"
#define PREFIX_FILE   "XFILE"
#define TERM_LENGTH   "XLENGTH"

#endif
