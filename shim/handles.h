// handles.h - what the files of the shim share: handles, guard(), text in and out.  The shim is the
// only C++ here, and nothing outside it includes this or <xapian.h>.
//
// Every body runs inside guard(); handles hold one Xapian object by value (these classes count
// references, so copies are cheap and nothing is consumed).  Out-parameters are set last.
#ifndef HANDLES_H
#define HANDLES_H

#include "xapian_shim.h" // first: it must compile by itself, as C++ too

#include <cassert>
#include <cstdlib>
#include <new>
#include <string>
#include <sys/stat.h>
#include <xapian.h>

static_assert(sizeof(Xapian::docid) == sizeof(uint32_t), "docids are 32 bits in the header");
static_assert(sizeof(Xapian::termcount) == sizeof(uint32_t), "as are frequencies");

struct xs_doc {
    Xapian::Document doc;
};

struct xs_writer {
    Xapian::WritableDatabase db; // a transaction is always open: closing without one would commit
    xs_error failure;            // of the first change that failed
};

struct xs_query {
    Xapian::Query query;
};

struct xs_reader {
    Xapian::Database db;
    std::string path;
    ino_t folder;             // the folder that was at path: another may be exchanged for it
    mutable xs_error failure; // the first of a look at what is there: xs_reader_failure()
};

namespace shim
{

// Turns the exception in flight into a status and its text.
xs_status translate(xs_error *err) noexcept;

template <typename Body> xs_status guard(xs_error *err, const Body &body) noexcept
{
    try {
        body();
        return XS_OK;
    } catch (...) {
        return translate(err);
    }
}

// guard() for a look into an index, which remembers that it failed. That there is no such thing is
// an answer.
template <typename Body>
xs_status look(const xs_reader *reader, xs_error *err, const Body &body) noexcept
{
    xs_error said = {XS_OK, ""};
    xs_status status = guard(&said, body);
    if (status == XS_OK)
        return XS_OK;
    if (err)
        *err = said;
    bool answered = status == XS_NOT_FOUND || status == XS_BAD_ARGUMENT;
    if (!answered && reader->failure.status == XS_OK)
        reader->failure = said;
    return status;
}

std::string text(const char *bytes, size_t len);
// Throws when the term is empty or too long.
std::string term_text(const char *term, size_t term_len);
// Copies for the caller of the shim, who frees them with xs_free().
char *copy(const std::string &from);
void give(const std::string &from, char **text_out, size_t *len_out);
void give_commit(const Xapian::Database &db, char *commit_out);

} // namespace shim

#endif
