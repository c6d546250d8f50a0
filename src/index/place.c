#include "index/place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"

static bool is_ours(const char *folder)
{
    char *marker = path_join(folder, INDEX_MARKER);
    bool there = access(marker, F_OK) == 0;
    free(marker);
    return there;
}

/* A process was killed before it had written the marker: there is nothing else in the folder. */
static bool is_begun(const char *folder)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, NULL, NULL), begun = 0;
    for (int i = 0; i < count; i++) {
        begun += strcmp(names[i]->d_name, INDEX_MARKER ".new") == 0;
        free(names[i]);
    }
    free(names);
    return begun == 1 && count == 3; /* with . and .. */
}

static bool remove_begun(const char *folder)
{
    return is_begun(folder) && folder_remove(folder, NULL) == LC_OK;
}

lc_status place_check(const char *path, lc_error *error)
{
    if (access(path, F_OK) != 0 || is_ours(path) || rmdir(path) == 0 || remove_begun(path))
        return LC_OK;
    return lc_fail(error, LC_NO_INDEX,
                   "%s: is there but is no index of lectern; it is left alone: name another with "
                   "--index",
                   path);
}

/* The marker last: what a killed process leaves is still known as ours. */
static lc_status remove_ours(const char *path, lc_error *error)
{
    lc_status status = LC_OK;
    const struct dirent *entry;
    DIR *folder = opendir(path);
    while (folder && status == LC_OK && (entry = readdir(folder))) {
        const char *name = entry->d_name;
        char *one = path_join(path, name);
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcmp(name, INDEX_MARKER) != 0)
            status = folder_remove(one, error);
        free(one);
    }
    if (folder)
        closedir(folder);
    return status == LC_OK ? folder_remove(path, error) : status;
}

lc_status place_clear(const char *path, lc_error *error)
{
    if (is_ours(path))
        return remove_ours(path, error);
    if (rmdir(path) != 0) /* empty: killed before the last step */
        remove_begun(path);
    return LC_OK;
}

lc_status place_prepare(const char *path, lc_error *error)
{
    lc_status status = place_check(path, error);
    if (status == LC_OK)
        status = folder_remove(path, error);
    if (status == LC_OK)
        status = folder_make(path, error);
    if (status != LC_OK)
        return status;
    char *marker = path_join(path, INDEX_MARKER);
    status =
        file_replace(marker, SPAN("An index of lectern. Made anew by: lectern index\n"), error);
    free(marker);
    return status;
}

/* Everything that was written to the file system of the folder. */
static void make_safe(const char *folder)
{
    int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    syncfs(descriptor);
    close(descriptor);
}

/* Where the file system can't exchange two names: the old one goes aside, and comes back if the new
 * one can't take its place. */
static lc_status put_in_two_steps(const char *built, const char *path, lc_error *error)
{
    buffer aside = {0};
    lc_status status = LC_OK;
    buffer_printf(&aside, "%s.old", path);
    bool had_old = rename(path, aside.at) == 0;
    if (rename(built, path) != 0) {
        status = lc_fail_errno(error, errno, "%s: can't be put in place", path);
        if (had_old && rename(aside.at, path) != 0)
            status = lc_fail_errno(error, errno, "%s: is now at %s and can't be put back", path,
                                   aside.at);
    } else if (had_old) {
        remove_ours(aside.at, NULL);
    }
    buffer_free(&aside);
    return status;
}

lc_status place_put(const char *built, const char *path, lc_error *error)
{
    make_safe(built);
    if (renameat2(AT_FDCWD, built, AT_FDCWD, path, RENAME_EXCHANGE) == 0)
        return remove_ours(built, error);
    if (errno == ENOENT || errno == EINVAL || errno == ENOSYS)
        return put_in_two_steps(built, path, error);
    return lc_fail_errno(error, errno, "%s: can't be put in place", path);
}
