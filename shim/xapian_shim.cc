// xapian_shim.cc - from exceptions to statuses, text in and out, and what is done to whole indexes.

#include "handles.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <sstream>

namespace
{

xs_status fail(xs_error *err, xs_status status, const char *what, const char *why) noexcept
{
    if (err) {
        err->status = status;
        std::snprintf(err->message, sizeof err->message, "%s%s%s", what, why ? ": " : "",
                      why ? why : "");
        for (char *c = err->message; *c; c++) // messages repeat terms, which hold any byte
            if (static_cast<unsigned char>(*c) < ' ' || *c == 0x7f)
                *c = ' ';
    }
    return status;
}

xs_status fail(xs_error *err, xs_status status, const Xapian::Error &e)
{
    const std::string &what = e.get_msg();
    return fail(err, status, what.empty() ? e.get_type() : what.c_str(), e.get_error_string());
}

// Opening fails for want of a database, but with the same class also for want of a permission.
bool is_absent(const Xapian::Error &e)
{
    const char *why = e.get_error_string();
    return !why || !std::strcmp(why, std::strerror(ENOENT)) ||
           !std::strcmp(why, std::strerror(ENOTDIR));
}

// DatabaseLockError is thrown as well when the lock file can't be made.
bool is_held(const Xapian::Error &e)
{
    return e.get_msg().find("already locked") != std::string::npos;
}

// A table that is cut short, or a value that can't be decompressed, arrives as a plain
// DatabaseError; what the system refuses has a reason of the system's.
bool is_in_the_data(const Xapian::Error &e)
{
    return !e.get_error_string();
}

// A table that is gone arrives as an index that is.

bool is_table_gone(const Xapian::Error &e)
{
    return is_absent(e) && e.get_msg().find(".glass to read") != std::string::npos;
}

xs_status classify(xs_error *err)
{
    try {
        throw;
    } catch (const Xapian::DatabaseVersionError &e) {
        return fail(err, XS_OLD_INDEX, e);
    } catch (const Xapian::FeatureUnavailableError &e) { // a backend that is no longer built in
        return fail(err, XS_OLD_INDEX, e);
    } catch (const Xapian::DatabaseOpeningError &e) {
        return fail(err, is_table_gone(e) ? XS_CORRUPT : is_absent(e) ? XS_NO_INDEX : XS_IO, e);
    } catch (const Xapian::DatabaseLockError &e) {
        return fail(err, is_held(e) ? XS_LOCKED : XS_IO, e);
    } catch (const Xapian::DatabaseModifiedError &e) {
        return fail(err, XS_CHANGED, e);
    } catch (const Xapian::DatabaseCorruptError &e) {
        return fail(err, XS_CORRUPT, e);
    } catch (const Xapian::DatabaseError &e) {
        return fail(err, is_in_the_data(e) ? XS_CORRUPT : XS_IO, e);
    } catch (const Xapian::DocNotFoundError &e) {
        return fail(err, XS_NOT_FOUND, e);
    } catch (const Xapian::InvalidArgumentError &e) {
        return fail(err, XS_BAD_ARGUMENT, e);
    } catch (const Xapian::UnimplementedError &e) { // a phrase of something other than terms
        return fail(err, XS_BAD_ARGUMENT, e);
    } catch (const Xapian::Error &e) {
        return fail(err, XS_INTERNAL, e);
    } catch (const std::bad_alloc &) {
        return fail(err, XS_NO_MEMORY, "out of memory", nullptr);
    } catch (const std::exception &e) {
        return fail(err, XS_INTERNAL, e.what(), nullptr);
    } catch (...) {
        return fail(err, XS_INTERNAL, "unknown exception", nullptr);
    }
}

} // namespace

namespace shim
{

xs_status translate(xs_error *err) noexcept
{
    try {
        return classify(err);
    } catch (...) { // Xapian builds the text of an errno when it is asked for
        return fail(err, XS_NO_MEMORY, "out of memory", nullptr);
    }
}

std::string text(const char *bytes, size_t len)
{
    assert(bytes || len == 0);
    return len ? std::string(bytes, len) : std::string();
}

std::string term_text(const char *term, size_t term_len)
{
    std::string name = text(term, term_len);
    size_t encoded = term_len;
    for (char c : name)
        encoded += c == '\0'; // glass escapes it in its keys
    if (name.empty())
        throw Xapian::InvalidArgumentError("a term must not be empty");
    if (encoded > XS_TERM_MAX)
        throw Xapian::InvalidArgumentError("term too long: " + name.substr(0, 40) + "...");
    return name;
}

char *copy(const std::string &from)
{
    char *to = static_cast<char *>(std::malloc(from.size() + 1));
    if (!to)
        throw std::bad_alloc();
    std::memcpy(to, from.c_str(), from.size() + 1);
    return to;
}

void give(const std::string &from, char **text_out, size_t *len_out)
{
    *text_out = copy(from);
    *len_out = from.size();
}

void give_commit(const Xapian::Database &db, char *commit_out)
{
    std::string commit = db.get_uuid() + "." + std::to_string(db.get_revision());
    std::snprintf(commit_out, XS_COMMIT_SIZE, "%s", commit.c_str());
}

} // namespace shim

using namespace shim;

// ---- status ----

const char *xs_status_name(xs_status status)
{
    static const char *const names[] = {"ok",        "no index",  "old index",     "locked",
                                        "changed",   "corrupt",   "not found",     "bad argument",
                                        "no memory", "i/o error", "internal error"};
    static_assert(sizeof names / sizeof *names == XS_INTERNAL + 1, "one for each status");
    return names[status];
}

const char *xs_library_version(void)
{
    return Xapian::version_string();
}

void xs_free(void *memory)
{
    std::free(memory);
}

// ---- whole indexes ----

#ifdef __SANITIZE_ADDRESS__
// Database::check() in 1.4.22 deletes a table as its base class: theirs, and without harm.
extern "C" const char *__asan_default_options(void);
extern "C" const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}
#endif

xs_status xs_compact(const char *src, const char *dst, xs_error *err)
{
    assert(src && dst);
    return guard(err, [&] {
        Xapian::Database from(src, Xapian::DB_BACKEND_GLASS);
        from.compact(dst, Xapian::DBCOMPACT_NO_RENUMBER | Xapian::Compactor::FULL);
    });
}

xs_status xs_check(const char *path, size_t *errors_out, char **text_out, xs_error *err)
{
    assert(path);
    return guard(err, [&] {
        std::ostringstream report;
        size_t errors = Xapian::Database::check(path, 0, &report);
        *text_out = copy(report.str());
        *errors_out = errors;
    });
}
