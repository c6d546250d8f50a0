/*
 * file.h - whole files, folders and paths.
 */
#ifndef LECTERN_BASE_FILE_H
#define LECTERN_BASE_FILE_H

#include <stdint.h>
#include <sys/stat.h>

#include "base/buffer.h"
#include "base/error.h"

/* Reads the whole file behind what *to holds. A file of more than limit bytes (0: no limit) is an
 * error. If stat_out is not NULL it is of the very file that was read, taken before reading. */
lc_status file_read(const char *path, size_t limit, buffer *to, struct stat *stat_out,
                    lc_error *error);
/* Replaces the file by a new one, private to the user, so that a reader sees the old or the new
 * one and never half of it: written beside it, synced, renamed. */
lc_status file_replace(const char *path, span content, lc_error *error);
/* Makes the folder and what is missing above it, private to the user. */
lc_status folder_make(const char *path, lc_error *error);
/* Removes a folder with all that is in it; symbolic links are removed, not followed. A path that
 * does not exist is no error. */
lc_status folder_remove(const char *path, lc_error *error);

/* base + "/" + name, name alone when it is absolute or base is empty. free() it. */
char *path_join(const char *base, const char *name);
/* The part behind the last slash. */
span path_name(span path);
/* The part before the last slash; empty when there is none. */
span path_folder(span path);
/* The name's ending without its dot; empty when there is none or the dot comes first. */
span path_ending(span path);
/* The path as seen from the working directory where that is shorter, else as it is; `./-a` for one
 * that would look like an option. free() it. */
char *path_for_person(const char *absolute);

/* $NAME/lectern, or $HOME/FALLBACK/lectern when NAME is unset or not absolute, e.g.
 * xdg_folder("XDG_DATA_HOME", ".local/share"). NULL when there is no home either. free() it. */
char *xdg_folder(const char *variable, const char *fallback);

#endif
