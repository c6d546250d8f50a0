#include "glass/document.h"

#include <string.h>

#include "glass/inversion.h"
#include "glass/pack.h"

/* ---- limits ---- */

static size_t count_zeros(span term)
{
    size_t zeros = 0;
    const char *at = term.at, *end = term.at + term.length;
    for (; at < end && (at = memchr(at, 0, (size_t)(end - at))); at++)
        zeros++;
    return zeros;
}

static lc_status check_term(span term, uint32_t docid, lc_error *error)
{
    if (!term.length)
        return lc_fail(error, LC_BAD_INPUT, "document %u has an empty term", docid);
    if (term.length > GLASS_TERM_MAX || term.length + count_zeros(term) > GLASS_TERM_ROOM)
        return lc_fail(error, LC_BAD_INPUT, "document %u has a term of %zu bytes, more than %d",
                       docid, term.length, GLASS_TERM_MAX);
    return LC_OK;
}

static bool ascend(const uint32_t *positions, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (positions[i] <= positions[i - 1])
            return false;
    return true;
}

static lc_status check_posting(const glass_document *of, size_t n, uint32_t docid, lc_error *error)
{
    const glass_posting *posting = &of->postings[n];
    lc_status status = check_term(posting->term, docid, error);
    if (status != LC_OK)
        return status;
    if (n && span_compare(of->postings[n - 1].term, posting->term) >= 0)
        return lc_fail(error, LC_BAD_INPUT, "document %u: term \"%.*s\" is not in order", docid,
                       SPAN_ARG(posting->term));
    if (!ascend(posting->positions, posting->position_count))
        return lc_fail(error, LC_BAD_INPUT, "document %u: the positions of \"%.*s\" do not ascend",
                       docid, SPAN_ARG(posting->term));
    return LC_OK;
}

lc_status glass_document_check(const glass_document *what, uint32_t docid,
                               glass_document_measure *measure_out, lc_error *error)
{
    uint64_t length = 0;
    size_t cost = 0;
    glass_document_measure measure = {0, 0};
    for (size_t i = 0; i < what->posting_count; i++) {
        const glass_posting *posting = &what->postings[i];
        lc_status status = check_posting(what, i, docid, error);
        if (status != LC_OK)
            return status;
        length += posting->wdf;
        if (posting->wdf > measure.wdf_max)
            measure.wdf_max = posting->wdf;
        cost += inversion_cost(KEY_MAX, sizeof(uint32_t) * (size_t)posting->position_count);
    }
    for (size_t i = 0; i < what->value_count; i++) {
        cost += inversion_cost(KEY_MAX, what->values[i].text.length);
        if (what->values[i].slot > GLASS_SLOT_MAX)
            return lc_fail(error, LC_BAD_INPUT, "document %u has a value in slot %u", docid,
                           what->values[i].slot);
    }
    if (length >= UINT32_MAX) /* the largest number marks what is deleted, in the library */
        return lc_fail(error, LC_BAD_INPUT, "document %u has a length over 2^32 - 2", docid);
    if (cost > INVERSION_DOCUMENT_MAX || what->data.length > INVERSION_DOCUMENT_MAX)
        return lc_fail(error, LC_BAD_INPUT, "document %u is larger than a gigabyte", docid);
    measure.length = (uint32_t)length;
    *measure_out = measure;
    return LC_OK;
}

/* ---- its entries in the termlist table ---- */

static size_t common_prefix(span a, span b)
{
    size_t most = a.length < b.length ? a.length : b.length, common = 0;
    while (common < most && a.at[common] == b.at[common])
        common++;
    return common;
}

/* The part that it has in common with the term before is left out.  Where one byte can say both how
 * long that part is and the wdf, it does: such a byte is larger than the term before is long. */
static uint8_t *pack_next_term(uint8_t *to, span before, const glass_posting *posting)
{
    enum { WDF_BELOW = 127, BYTE_VALUES = 256 };
    size_t reused = common_prefix(before, posting->term);
    size_t both = BYTE_VALUES;
    if (posting->wdf < WDF_BELOW)
        both = (posting->wdf + 1) * (before.length + 1) + reused;
    *to++ = (uint8_t)(both < BYTE_VALUES ? both : reused);
    span rest = span_from(posting->term, reused);
    *to++ = (uint8_t)rest.length;
    to = pack_bytes(to, rest.at, rest.length);
    return both < BYTE_VALUES ? to : pack_number(to, posting->wdf);
}

void glass_document_terms_pack(buffer *to, const glass_document *what, uint32_t length)
{
    enum { TERM_ROOM = 2 + GLASS_TERM_MAX + PACK_MAX };
    if (!what->posting_count)
        return;
    buffer_add_varint(to, length);
    buffer_add_varint(to, what->posting_count);
    for (size_t i = 0; i < what->posting_count; i++) {
        const glass_posting *posting = &what->postings[i];
        uint8_t *begin = (uint8_t *)buffer_reserve(to, TERM_ROOM), *end = begin;
        if (i) {
            end = pack_next_term(end, posting[-1].term, posting);
        } else {
            *end++ = (uint8_t)posting->term.length;
            end = pack_bytes(end, posting->term.at, posting->term.length);
            end = pack_number(end, posting->wdf);
        }
        *end = '\0';
        to->length += (size_t)(end - begin);
    }
}

void glass_document_slots_pack(buffer *to, const glass_value *values, size_t count)
{
    uint32_t next = 0; /* the slot that a 0 would stand for */
    for (size_t i = 0; i < count; i++) {
        buffer_add_varint(to, values[i].slot - next);
        next = values[i].slot + 1;
    }
}
