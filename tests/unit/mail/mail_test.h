/* What the tests of this room share: cmocka with its includes in order, and reading a mail from a string. */
#ifndef TESTS_MAIL_TEST_H
#define TESTS_MAIL_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/mail/read.h"

#include <glib.h>
#include <string.h>

static inline struct mail *read_with(const char *raw, const char *envelope_sender)
{
  static const char *const forwarders[] = { "forwarder.example", NULL };
  struct mail_reading reading = { .domain = "kiez.example",
                                  .authserv_id = "mx.kiez.example",
                                  .trusted_forwarders = forwarders,
                                  .network_header = "X-Client-Network",
                                  .envelope_sender = envelope_sender,
                                  .want_body_html = true };
  return mail_read(raw, strlen(raw), &reading);
}

static inline int setup_mail(void **state)
{
  (void)state;
  assert_true(mail_init(NULL, NULL));
  return 0;
}

#endif
