/* The log of powercut.so: a head, then path, other path and data, back to back. */
#ifndef TESTS_POWERCUT_H
#define TESTS_POWERCUT_H

#include <stdbool.h>
#include <stdint.h>

enum powercut_event {
  POWERCUT_CREATE = 1,     /* path is a new file of this inode; offset: mode */
  POWERCUT_WRITE,          /* data at offset of inode */
  POWERCUT_TRUNCATE,       /* inode to offset bytes */
  POWERCUT_SYNC,           /* inode's bytes are durable */
  POWERCUT_SYNC_DIRECTORY, /* path's entries are durable */
  POWERCUT_RENAME,         /* path to other */
  POWERCUT_LINK,           /* path is one more name of inode */
  POWERCUT_UNLINK,         /* path is gone */
  POWERCUT_MAKE_DIRECTORY, /* path is a new directory; offset: mode */
  POWERCUT_ANSWER,         /* data left for the outside */
  POWERCUT_SEEN,           /* path became visible to the outside */
};

struct powercut_record {
  uint32_t event;
  uint32_t path_size, other_size;
  uint64_t inode, offset, size;
};

#endif
